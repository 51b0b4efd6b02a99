// One seed: parties, an adversary perhaps, a stretch of faults, then a world that heals; and whether everything that was
// promised was kept.

import { formatHex } from '@parley/record'
import { adversaryNames, behaviourOf, keepFlooding, keepMalforming, type AdversaryName } from './adversaries.ts'
import { honest } from './behaviour.ts'
import type { BugName } from './bugs.ts'
import { findUnfinished } from './convergence.ts'
import { Disk } from './disk.ts'
import { Faults, type FaultPlan } from './faults.ts'
import { Oracles } from './invariants.ts'
import { Network, type NetworkFaults } from './network.ts'
import { readEntry } from './entries.ts'
import { SimulatedNode } from './node.ts'
import { castOf, type Cast, type SimulatedParty } from './parties.ts'
import type { Random } from './random.ts'
import { Reading } from './reading.ts'
import { Store, type KeptLogs } from './store.ts'
import { Violation, World } from './world.ts'
import { Clients } from './workload.ts'

export interface SimulationOptions {
  readonly seed: number
  readonly bug?: BugName | undefined
  readonly listen?: ((line: string) => void) | undefined
}

export interface SimulationResult {
  readonly seed: number
  /** The hash of the whole trace: the same seed gives the same one. */
  readonly traceHash: string
  readonly eventCount: number
  readonly counts: ReadonlyMap<string, number>
  /** What was not as it must be. */
  readonly failure: string | undefined
}

const healMillisecondsMax = 20 * 60_000
/** How long a silent member is waited for. */
const overrideMilliseconds = 5 * 60_000

/** Plays one seed. Only mistakes of the simulation itself are thrown. */
export async function simulate({ seed, bug, listen }: SimulationOptions): Promise<SimulationResult> {
  const world = new World(seed, listen)
  const scenario = await createScenario(world, bug)
  let failure: string | undefined
  try {
    await play(scenario)
  } catch (error) {
    if (error instanceof Violation) failure = error.message
    else if (error instanceof Error) failure = `crash: ${error.stack}`
    else throw error
    world.trace(failure)
  }
  const { oracles } = scenario
  return { seed, traceHash: world.traceHash, eventCount: world.eventCount, counts: oracles.counts, failure }
}

interface Scenario {
  readonly world: World
  readonly random: Random
  readonly cast: Cast
  readonly network: Network
  readonly oracles: Oracles
  readonly faults: Faults
  readonly clients: Clients
  readonly nodes: SimulatedNode[]
  readonly adversary: AdversaryName | undefined
  readonly pause: number
  readonly faultMilliseconds: number
}

async function createScenario(world: World, bug: BugName | undefined): Promise<Scenario> {
  const random = world.random('scenario')
  const cast = await castOf(random.pick([2, 2, 2, 3, 3, 3, 3, 4, 4, 5]))
  const adversary = random.chance(0.5) ? random.pick(adversaryNames) : undefined
  const culprit = adversary === undefined ? undefined : random.pick(cast.parties).party
  const network = new Network(world, drawNetwork(random))
  const oracles = new Oracles(cast, new Set(culprit === undefined ? [] : [culprit]))
  const nodes: SimulatedNode[] = []
  const faults = new Faults(world, network, oracles, drawFaults(random), () => nodes)
  const clients = new Clients(world, cast, oracles)
  for (const self of cast.parties) {
    const behaviour = self.party === culprit ? behaviourOf(adversary!, random) : honest
    const disk = new Disk(world.random(`disk ${self.party}`))
    const kept = keptBy(cast, self)
    const parts = {
      world,
      network,
      cast,
      self,
      name: self.party,
      disk,
      kept,
      behaviour,
      bug,
      observer: oracles,
      fate: faults,
    }
    nodes.push(new SimulatedNode(parts))
  }
  for (const node of nodes) network.connect(node.party, () => (node.up ? node : undefined))
  const pause = random.between(2500, 7000) * cast.parties.length
  const faultMilliseconds = random.between(40_000, 180_000)
  return { world, random, cast, network, oracles, faults, clients, nodes, adversary, pause, faultMilliseconds }
}

function drawNetwork(random: Random): NetworkFaults {
  const calm = random.chance(0.2)
  return {
    loss: calm ? 0 : random.fraction() * 0.3,
    duplicate: random.chance(0.5) ? random.fraction() * 0.5 : 0,
    truncate: random.chance(0.4) ? random.fraction() * 0.1 : 0,
    stale: random.chance(0.3) ? random.fraction() * 0.2 : 0,
    delayMedian: random.pick([5, 30, 200, 1000]),
    delayMax: 20_000,
  }
}

function drawFaults(random: Random): FaultPlan {
  return {
    deathPerEffect: random.chance(0.7) ? random.pick([0.002, 0.005, 0.02]) : 0,
    deathPause: random.chance(0.5) ? 20_000 : 0,
    syncFailure: random.chance(0.3) ? 0.01 : 0,
    restore: random.chance(0.7) ? random.between(0.2, 1) : 0,
    restoreWithLock: random.pick([0, 0.5, 1]),
    clockPause: random.chance(0.5) ? 20_000 : 0,
    stallPause: random.chance(0.3) ? 20_000 : 0,
    partitionPause: random.chance(0.5) ? 15_000 : 0,
  }
}

function keptBy(cast: Cast, self: SimulatedParty): KeptLogs {
  const others = cast.parties.filter(({ party }) => party !== self.party)
  const members = others.map(({ party }) => party)
  return {
    own: new Map([self.governanceLog, self.channelLog].map((origin) => [origin, members])),
    replicas: new Map(
      others.flatMap(({ governanceLog, channelLog, party }) => [
        [governanceLog, party],
        [channelLog, party],
      ]),
    ),
  }
}

async function play(scenario: Scenario): Promise<void> {
  const { clients, faultMilliseconds, faults, nodes, oracles, pause, random, world } = scenario
  const afterEach = (): void => nodes.forEach((node) => oracles.checkBounds(node))
  for (const node of random.shuffle(nodes)) await node.start(true)
  for (const node of nodes) clients.live(node, pause)
  faults.begin()
  releaseAdversary(scenario)
  await world.runUntil(world.now + faultMilliseconds, afterEach)
  world.trace('heals')
  faults.heal()
  clients.end()
  const end = world.now + healMillisecondsMax
  for (let unfinished: string | undefined = 'nothing was checked yet'; unfinished !== undefined;) {
    await world.runUntil(world.now + 5000, afterEach)
    unfinished = findUnfinished(nodes, oracles)
    if (unfinished !== undefined && world.now > end - healMillisecondsMax + overrideMilliseconds) override(nodes)
    if (unfinished !== undefined && world.now > end) throw new Violation('liveness', unfinished)
  }
  for (const node of nodes) oracles.checkKept(node)
  await checkProjections(scenario)
}

/** Officers do what they may when a member never says what it holds: open the logs that wait for nothing else. */
function override(nodes: readonly SimulatedNode[]): void {
  if (nodes.every(({ parts }) => !parts.behaviour.withholds.has('heads'))) return
  for (const node of nodes) {
    for (const { origin, phase } of node.core.own.values()) {
      if (phase === 'asking') node.dispatch({ kind: 'overridden', origin, at: node.clock() })
    }
  }
}

function releaseAdversary(scenario: Scenario): void {
  const { adversary, clients, faultMilliseconds, network, nodes, random, world } = scenario
  if (adversary === undefined) return
  const culprit = nodes.find(({ parts }) => !parts.behaviour.honest)!
  const until = world.now + faultMilliseconds
  if (adversary === 'malformed') keepMalforming(world, clients, culprit, random, until)
  if (adversary === 'flooder') keepFlooding(world, network, culprit, random, until)
  if (adversary === 'equivocator') {
    world.after(random.between(0.1, 0.6) * faultMilliseconds, () => splitInTwo(scenario, culprit))
  }
}

/** Makes a second node of the party from a copy of its disk, and lets some of the others speak with that one. */
async function splitInTwo(
  { cast, clients, network, nodes, oracles, pause, random, world }: Scenario,
  first: SimulatedNode,
): Promise<void> {
  if (!first.up)
    return world.after(1000, () =>
      splitInTwo({ cast, clients, network, nodes, oracles, pause, random, world } as Scenario, first),
    )
  oracles.admitForker(first.party)
  const name = `${first.party}-2`
  const disk = first.parts.disk.clone(world.random(`disk ${name}`))
  const second = new SimulatedNode({ ...first.parts, name, disk })
  const others = random.shuffle(cast.parties.filter(({ party }) => party !== first.party).map(({ party }) => party))
  // With only one other party, it is told the one history and then the other.
  const misled = new Set(others.slice(0, Math.max(1, random.below(others.length))))
  network.connect(first.party, (from) => [misled.has(from) ? second : first].find(({ up }) => up))
  first.trace(`runs twice from now on, for ${[...misled].join(' ')}`)
  nodes.push(second)
  await second.start(false)
  clients.keepSpeaking(second, pause)
}

/** Whoever holds the same, computes the same; and once more from nothing. */
async function checkProjections({ cast, nodes, oracles }: Scenario): Promise<void> {
  const projections = new Map<string, string>()
  for (const node of nodes) {
    if (!node.parts.behaviour.honest) continue
    const held = [...node.store.logs].map(([origin, { tree }]) => `${origin} ${tree.size} ${formatHex(tree.root())}`)
    const cut = held.toSorted().join('\n')
    const projection = node.reading.projection()
    const other = projections.get(cut)
    if (other !== undefined && other !== projection) throw new Violation('I4', `${node.name} computes another state`)
    projections.set(cut, projection)
    const again = new Reading(cast, new Store(node.parts.kept, node.parts.disk.changes()), {})
    await again.readOn()
    if (again.projection() !== projection) throw new Violation('I4', `${node.name} computes another state from nothing`)
    checkAllRead(node, nodes, oracles)
  }
}

/** Every entry of an honest log has its verdict, unless it waits for what is nowhere any more. */
function checkAllRead(node: SimulatedNode, nodes: readonly SimulatedNode[], oracles: Oracles): void {
  if (nodes.some(({ party }) => oracles.isForker(party))) return
  for (const [origin, { entries }] of node.store.logs) {
    if (oracles.isDishonest(origin) || isExcused(node, oracles, origin, new Set())) continue
    const { length } = node.reading.verdicts(origin)
    throw new Violation('I8', `${node.name} has read ${length} of ${entries.length} of ${origin}`)
  }
}

/** True when the log is read to its end, or waits for something that a restored backup has lost for good. */
function isExcused(node: SimulatedNode, oracles: Oracles, origin: string, visited: Set<string>): boolean {
  const { length } = node.reading.verdicts(origin)
  const entry = node.store.log(origin).entries[length]
  if (entry === undefined) return true
  if (visited.has(origin)) return false
  visited.add(origin)
  const seen = readEntry(entry)?.seen ?? []
  const author = oracles.authorOf(origin)
  const lost = (log: string, size: number): boolean =>
    node.store.log(log).entries.length < size && oracles.wasRestored(oracles.authorOf(log))
  return (
    (oracles.wasRestored(author) && seen.every((head) => oracles.authorOf(head.origin) !== author)) ||
    seen.some((head) => lost(head.origin, head.size)) ||
    seen.some(
      (head) =>
        node.reading.verdicts(head.origin).length < head.size &&
        !oracles.isDishonest(head.origin) &&
        isExcused(node, oracles, head.origin, visited),
    )
  )
}
