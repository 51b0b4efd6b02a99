// What happened in the development record: a few requests at every stage, some in two languages. Development only.

import { playExhibits } from './exhibits.ts'
import { parties } from './world.ts'
import type { World } from './world.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const says = (en: string, zh?: string) => ({
  v: 1,
  texts: [
    { language: 'en', text: en, role: 'original' },
    ...(zh === undefined ? [] : [{ language: 'zh-Hans', text: zh, role: 'translation', by: 'Language service' }]),
  ],
})

const phishing = {
  ...says(
    'Preserve access logs of a phishing panel\n\nSince early November a panel hosted in your territory collects credentials of customers of three banks. The address and the time range are given as particulars.\n\nPlease preserve the access logs and the disk of the server for sixty days. A formal request for their disclosure will follow.',
    '请保全某钓鱼控制面板的访问日志\n\n自十一月初以来，设在贵方境内的一处控制面板持续收集三家银行客户的登录凭据。地址和时间范围见所附事项。\n\n请将该服务器的访问日志及磁盘保全六十日。我方随后将另行提出正式的披露请求。',
  ),
  fields: {
    identifiers: '203.0.113.77, port 8443\nlogin.bank-secure.example',
    'time-range': '2026-11-01T00:00Z to 2026-11-20T00:00Z',
    necessity: 'The provider overwrites its logs after thirty days.',
  },
  names: [{ name: '王某', as: 'contact', language: 'zh-Hans' }],
}

const titles = [
  ['Subscriber of one address used in a ransom note', '查询勒索信所用地址的注册用户', 'subscriber-data', 'ordinary'],
  ['Traffic data for a command server', '某控制服务器的流量数据', 'traffic-data', 'urgent'],
  ['Law on the retention of connection records', '关于连接记录留存的法律规定', 'legal-information', 'ordinary'],
  ['Mitigate a scan from one provider’s range', '处置来自某运营商地址段的扫描活动', 'mitigation', 'urgent'],
  ['Whereabouts of a person sought for fraud', '查找一名诈骗犯罪嫌疑人的下落', 'location-of-person', 'ordinary'],
  ['Samples of a loader seen on both sides', '双方均发现的加载器样本', 'technical-advice', 'ordinary'],
] as const

/** Plays the story up to `now`. */
export async function playStory(world: World, now: number): Promise<void> {
  const opened = (from: string, at: number, kind: string, urgency: string, body: Record<string, unknown>, more = {}) =>
    world.append(from, {
      type: 'request.opened',
      at,
      data: {
        to: parties.find((party) => party !== from)!,
        kind,
        urgency,
        ...(urgency === 'ordinary' ? {} : { urgencyGrounds: ['evidence-at-risk'] }),
        offences: ['phishing', 'computer-fraud'],
        languages: ['en', 'zh-Hans'],
        handling: 'amber',
        cites: ['timely-responses', 'cooperation'].filter((id) =>
          world.pack.commitments.some((item) => item.id === id),
        ),
        ...more,
      },
      body,
    })
  for (const party of parties) {
    await world.append(party, { type: 'agreement.adopted', at: now - 80 * day, data: { pack: world.packDigest } })
  }
  for (let i = 0; i < 18; i++) {
    const [en, zh, kind, urgency] = titles[i % titles.length]!
    const from = parties[i % 2]!
    const to = parties[(i + 1) % 2]!
    const at = now - (60 - 3 * i) * day - i * 37 * minute
    const { digest: subject } = await opened(
      from,
      at,
      kind,
      urgency,
      says(`${en}\n\nThe particulars are attached.`, `${zh}\n\n具体事项见附件。`),
    )
    if (i % 5 === 4) {
      // The other side's node cosigned within seconds, and its people say nothing.
      const receipt = { party: to, size: i + 2, time: Math.floor(at / 1000) + 4, signature: `${'A'.repeat(86)}==` }
      await world.append(from, { type: 'request.chased', at: at + 8 * day, subject, data: { receipt } })
      continue
    }
    await world.append(to, { type: 'request.acknowledged', at: at + 3 * hour, subject })
    if (i % 6 === 1) {
      await world.append(to, {
        type: 'request.refused',
        at: at + 6 * day,
        subject,
        data: { ground: 'dual-criminality' },
      })
      continue
    }
    await world.append(to, { type: 'request.accepted', at: at + 2 * day, subject })
    if (i % 3 === 0) {
      await world.append(to, {
        type: 'request.answered',
        at: at + 9 * day,
        subject,
        data: { outcome: i % 2 === 0 ? 'full' : 'part', handling: 'amber', use: 'evidential' },
        body: says('The answer is attached.', '答复见附件。'),
      })
      if (i % 2 === 0)
        await world.append(from, { type: 'request.closed', at: at + 12 * day, subject, data: { outcome: 'satisfied' } })
    }
  }
  const start = now - 6 * day
  const { digest: main } = await opened('us', start, 'preservation', 'urgent', phishing, {
    wantedBy: now + 40 * day,
    norms: ['h'],
    matter: ['ab'.repeat(32)],
  })
  await world.append('cn', { type: 'entry.opened', at: start + 40 * minute, subject: main, data: { entry: main } })
  await world.append('cn', {
    type: 'request.acknowledged',
    at: start + 2 * hour,
    subject: main,
    data: { office: 'mps-duty' },
  })
  await world.append('cn', {
    type: 'request.returned',
    at: start + 1.2 * day,
    subject: main,
    data: { reasons: ['incomplete', 'identifier-invalid'], missing: ['custodian'] },
    body: says(
      'The provider is not the one that holds this address. Please name the custodian.',
      '该地址并不由所述运营商持有，请说明保管人。',
    ),
  })
  await world.append('us', {
    type: 'request.supplemented',
    at: start + 1.4 * day,
    subject: main,
    data: { particulars: ['custodian'] },
    body: says('The custodian is named as a particular.', '保管人已在所附事项中说明。'),
  })
  await world.append('cn', {
    type: 'request.triaged',
    at: start + 1.8 * day,
    subject: main,
    data: { will: 'yes', form: 'information', expected: now + 3 * day },
    body: says(
      '# What we will do\nYou wrote:\n> Please preserve access logs.\n1. We ask the provider.\n2. We tell you.\n<b>No tag</b> is read.',
      '# 我们的安排\n贵方来函写道：\n> 请保全访问日志。\n一、我们将联系运营商。\n二、届时告知贵方。\n<b>标签</b>不作解释。',
    ),
  })
  await world.append('cn', {
    type: 'request.accepted',
    at: start + 2 * day,
    subject: main,
    data: { expected: now + 3 * day },
  })
  await world.append('cn', {
    type: 'request.updated',
    at: start + 4 * day,
    subject: main,
    data: { stage: 'being-executed' },
  })
  await playExhibits(world, main, start + 2.1 * day)
  await opened(
    'cn',
    now - 50 * minute,
    'mitigation',
    'emergency',
    says(
      'Attack on a power company’s remote access\u202e from your side\n\nTraffic from the addresses given disables the remote access of a regional power company. Please stop it at the source.',
      '针对某电力企业远程接入系统的攻击\n\n来自所列地址的流量使一家地区电力企业的远程接入系统瘫痪。请从源头予以制止。',
    ),
  )
  await opened(
    'cn',
    now - 5 * hour,
    'subscriber-data',
    'ordinary',
    says('Owner of a mailbox named in an invoice fraud', '发票诈骗案中所涉邮箱的所有人'),
    { matter: ['ab'.repeat(32)], relation: 'follow-up', earlier: main },
  )
}
