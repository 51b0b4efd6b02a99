// 制作案件证明包的对话框。Chinese: the dialogue that makes a case bundle.

import type { caseBundle as english } from '../en/case-bundle.ts'
import type { Translation } from '../messages.ts'

export const caseBundle: Translation<typeof english> = {
  title: '供法院使用的单个文件',
  lead: '文件包含本案的每一行动及其证明。任何人都可离线验证，无须贵方密钥，也无须信任贵方。',
  choose: '要公开的文本',
  chooseHint: '只有选中的文本可供阅读。对其余文本，文件仅表明其存在并给出摘要值。',
  none: '本案没有可在此打开的文本。文件将只包含各项行动，不含文本。',
  final: '文本一经发出即无法收回，持有者可以证明其确曾作出。安全日志会记录由谁放行。',
  handling: '所选内容最严格的处理标记：{handling}',
  nothing: '不公开任何文本。',
  strict: '所选内容标记为{handling}：请确认接收方有权获得。',
  make: '制作文件',
  back: '返回',
  made: '已制作本案文件。',
  evidence: '证据文件不在其中。请以 BagIt 包另行随附移交；每个包内含保管证明。',
  loading: '正在载入本案文本',
}
