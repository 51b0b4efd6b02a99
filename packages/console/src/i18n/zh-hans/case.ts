// Simplified Chinese: what binds a request to others, what it lacks, and what is said of it before the substance.

import type { caseWords as english } from '../en/case.ts'
import type { Translation } from '../messages.ts'

export const caseWords: Translation<typeof english> = {
  ties: {
    alsoAsked: '同一事项的其他请求',
    alsoAskedText: '以下请求涉及相同的标识信息。请先查看，以免重复办理。',
    shared: '{count, plural, other {有 # 项标识信息相同}}',
    links: '关联请求',
    names_extension: '延展',
    'names_follow-up': '后续于',
    names_related: '列为相关',
    names_converted: '转为正式协助',
    names_forwarded: '移交主管机关',
    named_extension: '被延展于',
    'named_follow-up': '后续请求',
    named_related: '被列为相关',
    named_converted: '作为正式协助，原请求为',
    named_forwarded: '移交自',
    notHere: '本节点没有该请求',
  },
  attachments: {
    title: '附件',
    bytes: '{bytes} 字节',
    digest: 'SHA-256',
    item: '查看证据',
    add: '附上一项证据（可不填）',
    choose: '请选择',
    remove: '移除 {name}',
    loose: '{count, plural, other {有 # 个附件无从查找}}',
    looseText: '对方没有以下证据，或本节点没有：{names}',
  },
  checks: {
    missing: '{count, plural, other {缺少 # 项要素}}',
    missingText: '按照适用于本请求的准则，还须写明以下要素。退回补正时将预先填入。',
    aboveCeiling: '处理标记高于本通道上限',
    aboveCeilingText: '根据协议，本通道最高只能传递{ceiling}。按现有标记将被拒绝。',
  },
  triage: {
    title: '是否会有答复',
    none: '对方尚未说明。',
    owed: '本步骤时限',
    later: '后来的说明',
  },
  cited: {
    title: '依据',
    inAgreement: '查看协议原文',
  },
}
