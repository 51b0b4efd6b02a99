// Vectors of channel geneses, cards and origins.

import { formatBase64 } from '../../packages/record/src/bytes.ts'
import { openCard, type Card } from '../../packages/record/src/card.ts'
import { formatEntry } from '../../packages/record/src/entry.ts'
import { formatGenesis, genesisDigest, listSeenOrigins, type Genesis } from '../../packages/record/src/genesis.ts'
import { nodeCrypto } from '../../packages/record/src/node/crypto.ts'
import { logId } from '../../packages/record/src/origins.ts'
import {
  approve,
  ed25519Key,
  foundingEntry,
  governanceDraft,
  officialOf,
  partyOf,
  passkeyOf,
  type TestOfficial,
} from '../../packages/record/test-support/parties.ts'
import { changedText } from './case.ts'
import { vectorChannel } from './governance.ts'

const us = partyOf('us')
const cn = partyOf('cn')

async function cardOf(party: typeof us): Promise<{ card: Card; text: string }> {
  const bytes = formatEntry(await foundingEntry(party))
  return { card: await openCard(nodeCrypto, bytes), text: new TextDecoder().decode(bytes) }
}

function genesisOf(cards: readonly Card[]): Genesis {
  return {
    v: 1,
    channel: vectorChannel,
    agreement: 'us-cn-2015',
    parties: cards.map(({ party, prefix, founded, keys }) => ({ party, prefix, founded, key: keys.log })),
  }
}

// oxlint-disable-next-line typescript/no-explicit-any
type Change = (value: any) => void

const refusedGeneses: [string, string, Change][] = [
  ['another version', 'genesis.malformed', (genesis) => (genesis.v = 2)],
  ['a field that is not known', 'genesis.malformed', (genesis) => (genesis.note = 'x')],
  ['a channel called governance', 'genesis.malformed', (genesis) => (genesis.channel = 'governance')],
  ['an agreement in upper case', 'genesis.malformed', (genesis) => (genesis.agreement = 'US-CN')],
  ['an agreement with a path', 'genesis.malformed', (genesis) => (genesis.agreement = '../x')],
  ['one party', 'genesis.malformed', (genesis) => genesis.parties.pop()],
  ['201 parties', 'genesis.malformed', (genesis) => (genesis.parties = Array.from({ length: 201 }, (_, i) => ({ ...genesis.parties[0], party: `p${i}` })))],
  ['parties out of order', 'genesis.malformed', (genesis) => genesis.parties.reverse()],
  ['a party twice', 'genesis.malformed', (genesis) => (genesis.parties[1].party = 'cn')],
  ['a prefix twice', 'genesis.malformed', (genesis) => (genesis.parties[1].prefix = genesis.parties[0].prefix)],
  ['a key twice', 'genesis.malformed', (genesis) => (genesis.parties[1].key = genesis.parties[0].key)],
  ['a founding twice', 'genesis.malformed', (genesis) => (genesis.parties[1].founded = genesis.parties[0].founded)],
  ['a prefix with a scheme', 'genesis.malformed', (genesis) => (genesis.parties[0].prefix = 'https://cn.parley.example')],
  ['a prefix that ends in a solidus', 'genesis.malformed', (genesis) => (genesis.parties[0].prefix = 'cn.parley.example/')],
  ['a prefix of 129 characters', 'genesis.malformed', (genesis) => (genesis.parties[0].prefix = `cn.example/${'a'.repeat(118)}`)],
  ['a key of 31 bytes', 'genesis.malformed', (genesis) => (genesis.parties[0].key = formatBase64(new Uint8Array(31)))],
  ['a digest in upper case', 'genesis.malformed', (genesis) => (genesis.parties[0].founded = 'AB'.repeat(32))],
  ['deeper than a genesis is', 'json.limit', (genesis) => (genesis.parties[0].party = [])],
]

async function founded(change: Change, approver: TestOfficial = us.administrator): Promise<string> {
  const data = structuredClone(us.founded)
  change(data)
  return new TextDecoder().decode(formatEntry(await approve(governanceDraft('us', 'party.founded', data), approver)))
}

async function listRefusedCards(): Promise<object[]> {
  const stranger = officialOf('stranger', 'administrator')
  const cases: [string, string, string][] = [
    ['approved by nobody whom it names', 'approval.official', await founded(() => {}, stranger)],
    ['approved by an official who is no administrator', 'approval.role', await founded(() => {}, us.releasing)],
    ['another party than its author', 'governance.malformed', await founded((data) => (data.party = 'cn'))],
    ['without an administrator', 'governance.official', await founded((data) => (data.officials = [us.releasing.enrolment]), us.releasing)],
    ['an official id that is of another key', 'governance.official', await founded((data) => (data.officials[0].key = ed25519Key('another')))],
    ['officials out of order', 'governance.malformed', await founded((data) => data.officials.reverse())],
    ['no officials', 'governance.malformed', await founded((data) => (data.officials = []))],
    ['one key for log and witness', 'governance.key', await founded((data) => (data.keys.witness = data.keys.log))],
    ['one recipient for sealing and archive', 'governance.key', await founded((data) => (data.keys.archive = data.keys.sealing))],
    ['a recovery key that is the log key', 'governance.key', await founded((data) => (data.recovery = { threshold: 1, keys: [data.keys.log] }))],
    ['a log key of low order', 'key.weak', await founded((data) => (data.keys.log = formatBase64(new Uint8Array(32))))],
    ['a log key that is no point', 'key.malformed', await founded((data) => (data.keys.log = formatBase64(Uint8Array.of(2, ...new Uint8Array(31)))))],
    ['without a mirror key', 'governance.malformed', await founded((data) => delete data.keys.mirror)],
    ['with a key for a role that is not known', 'governance.malformed', await founded((data) => (data.keys.master = data.keys.log))],
    ['a threshold above the number of recovery keys', 'governance.malformed', await founded((data) => (data.recovery.threshold = 4))],
    ['a threshold of nothing', 'governance.malformed', await founded((data) => (data.recovery.threshold = 0))],
    ['recovery keys out of order', 'governance.malformed', await founded((data) => data.recovery.keys.reverse())],
    ['a prefix with a query', 'governance.malformed', await founded((data) => (data.prefix = 'us.parley.example?x'))],
    ['a relying party that is a wildcard', 'governance.malformed', await founded((data) => (data.relyingParty.ids = ['*']))],
    ['a commitment in base64', 'governance.malformed', await founded((data) => (data.next = formatBase64(new Uint8Array(32))))],
    ['another governance entry', 'governance.order', new TextDecoder().decode(formatEntry(await approve(governanceDraft('us', 'address.amended', { address: 'https://us.parley.example' }), us.administrator)))],
  ]
  return cases.map(([name, code, text]) => ({ name, code, text }))
}

async function byPasskey(): Promise<string> {
  const administrator = passkeyOf('us passkey administrator', ['administrator'])
  return founded((data) => (data.officials = [administrator.enrolment]), administrator)
}

export async function genesisVectors(): Promise<object> {
  const cards = { cn: await cardOf(cn), us: await cardOf(us) }
  const genesis = genesisOf([cards.cn.card, cards.us.card])
  const text = changedText(genesis, () => {})
  const origins = [...listSeenOrigins(genesis, 'us')].sort()
  return {
    about: 'Channel geneses, cards and origins: docs/spec/entry.md, section 6. A card is the bytes of a founding entry.',
    valid: [{ name: 'two parties', text, digest: genesisDigest(nodeCrypto, formatGenesis(genesis)), seenOrigins: { us: origins } }],
    invalid: [
      ...refusedGeneses.map(([name, code, change]) => ({ name, code, text: changedText(genesis, change) })),
      { name: 'a space', code: 'json.not-canonical', text: `${text} ` },
    ],
    cards: {
      valid: [
        { name: 'approved by key', text: cards.us.text, party: 'us', founded: cards.us.card.founded },
        { name: 'of the other party', text: cards.cn.text, party: 'cn', founded: cards.cn.card.founded },
        { name: 'approved by passkey', text: await byPasskey(), party: 'us' },
      ],
      invalid: await listRefusedCards(),
    },
    checks: [
      { name: 'the card that is pinned', genesis: text, card: cards.us.text, code: null },
      { name: 'a party that is not in it', genesis: changedText(genesis, (copy) => (copy.parties[1].party = 'uz')), card: cards.us.text, code: 'genesis.party' },
      { name: 'another prefix', genesis: changedText(genesis, (copy) => (copy.parties[1].prefix = 'us.example')), card: cards.us.text, code: 'genesis.party' },
      { name: 'another founding entry', genesis: changedText(genesis, (copy) => (copy.parties[1].founded = '00'.repeat(32))), card: cards.us.text, code: 'genesis.party' },
      { name: 'another log key', genesis: changedText(genesis, (copy) => (copy.parties[1].key = ed25519Key('another'))), card: cards.us.text, code: 'genesis.party' },
    ],
    origins: {
      valid: [...origins, `us.parley.example/c/${vectorChannel}`, 'localhost:8443/governance', '127.0.0.1:8443/governance', 'a.example/p/q/governance'].map((origin) => ({ origin, id: logId(nodeCrypto, origin) })),
      invalid: ['', 'governance', '/governance', 'a.example', 'a.example/c/x', `a.example/${vectorChannel}`, 'a.example//governance', 'A.example/governance', 'a.example/governance/', 'a.example:0/governance', 'a.example:443/governance', 'a.example:65536/governance', '127.1/governance', '127.0.0.256/governance', '127.0.0.01/governance', 'a.0x7f/governance', '[::1]/governance', 'a..example/governance', '-a.example/governance', 'a.example/%2e/governance', 'a example/governance', 'a.example/governance\n', `${'a'.repeat(64)}.example/governance`],
    },
  }
}
