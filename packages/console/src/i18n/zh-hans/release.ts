// 简体中文：等待签发的内容。

import type { Translation } from '../messages.ts'
import type { release as english } from '../en/release.ts'

export const release: Translation<typeof english> = {
  release: {
    title: '签发',
    lead: '即将以本方名义发出的内容。此处的一切均尚未发出。',
    toDrafts: '草稿',
    toDraft: '打开草稿',
    exercise: '演练',
    none: '没有待签发的内容',
    noneText: '同事提交签发的内容会立即显示在这里。',
    submitted: '提交时间',
    by: '起草人',
    approvals: '批准',
    noApproval: '暂无',
    missing: '尚缺 {count, number} 项批准',
    ready: '已获批准，可以签发',
    stale: '提交之后案件已有新进展',
    staleText: '须有人重新核阅并再次提交。此前的批准对新内容无效。',
    content: '将要发出的确切内容',
    marking: '编码字段',
    recipients: '正文加密的接收方',
    authority: '{party}，主管机关',
    archive: '{party}，本方存档',
    digest: '所批准内容的摘要',
    final: '一经签发，即载入各方记录，不可撤回。',
    approve: '用通行密钥批准',
    release: '签发',
    revoke: '撤回批准',
    released: '已签发并记录',
    unknown: '已无账户者',
    revoked: '已非官员',
    noPasskey: '您具备此职责的密钥均非通行密钥。请在命令行用密钥文件批准。',
  },
}
