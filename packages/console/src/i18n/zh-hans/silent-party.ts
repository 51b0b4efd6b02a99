// 启动后没有应答的一方。Chinese: about a party that does not answer after a start.

import type { silentParty as english } from '../en/silent-party.ts'
import type { Translation } from '../messages.ts'

export const silentParty: Translation<typeof english> = {
  waits: '本节点启动以来，{party}尚未说明其持有我方记录的情况',
  waitsText:
    '在其说明之前，我方有 {count, plural, other {#}} 个日志不接受任何内容。它可能持有因恢复备份而在此丢失的条目。',
  goOn: '不等待{party}而继续',
  asked: '已有一人于{time}要求不等待{party}而继续。须由第二人在一小时内确认。',
  second: '作为第二人确认',
  done: '本节点不等待{party}而继续运行',
  doneText:
    '两人于{time}决定不再等待。此后仍未收到{party}的任何消息：它是否持有在此丢失的我方条目，不得而知。现在陈述的内容尚未送达{party}。',
  heard: '两人于{time}决定不等待{party}而继续。此后已收到其消息。',
  title: '不等待{party}而继续？',
  danger:
    '如果本节点是从备份恢复的，而{party}持有备份中没有的条目，我方记录将自相矛盾：这构成两种历史的证明，无法撤销，且各方都会看到。',
  safe: '如果自上次收到{party}的消息以来没有恢复过任何备份，则是安全的。请通过其他渠道（例如热线）询问其持有我方记录的进度。',
  until: '该决定在本节点停止前有效，安全日志会记录由谁决定。',
  confirm: '我对此负责',
  back: '等待',
  reason_nothing: '已没有日志在等待该方。',
  reason_changed: '等待中的日志与所显示的不同。请重新查看。',
  reason_lost: '此处缺少已签名的条目。任何人都不能在缺少它们时继续。',
  reason_same: '您已经表示过。须由第二人确认。',
  reason_machine: '已有两人可作决定；机器不能代替他们。',
}
