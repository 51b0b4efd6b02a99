// 部件陈列。Chinese: the gallery of parts.

import type { gallery as english } from '../en/gallery.ts'
import type { Translation } from '../messages.ts'

export const gallery: Translation<typeof english> = {
  gallery: {
    title: '部件',
    lead: '控制台的每个部件及其各种状态，置于素纸之上。',
    first: '第一项',
    second: '第二项',
    note: '下方的说明',
    do: '执行',
    done: '已完成。',
    reason: '请求已撤回或已办结。',
    field: '字段名称',
    hint: '应填写的内容。',
    fault: '缺少该字段。',
    noticeTitle: '须知',
    empty: '这里尚无内容。',
  },
}
