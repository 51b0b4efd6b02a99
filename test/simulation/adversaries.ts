// The adversaries of a seed. Each is the real node with one habit; the flooder is nobody's node at all.

import { honest, type Behaviour } from './behaviour.ts'
import type { Network } from './network.ts'
import type { SimulatedNode } from './node.ts'
import type { Random } from './random.ts'
import type { Clients } from './workload.ts'
import type { World } from './world.ts'

export const adversaryNames = [
  'equivocator',
  'withholder',
  'strips-bodies',
  'overstates',
  'garbler',
  'malformed',
  'back-dater',
  'flooder',
] as const
export type AdversaryName = (typeof adversaryNames)[number]

/** How a node of that kind behaves. */
export function behaviourOf(name: AdversaryName, random: Random): Behaviour {
  const liar = { ...honest, name, honest: false }
  switch (name) {
    case 'equivocator':
      return { ...liar, tellsHeads: false, deaf: true }
    case 'withholder': {
      const kinds = ['deliver', 'heads', 'fetch', 'bodies', 'consistency'] as const
      const withholds = new Set(kinds.filter(() => random.chance(0.5)))
      return { ...liar, tellsHeads: false, withholds }
    }
    case 'strips-bodies':
      return { ...liar, stripsBodies: true }
    case 'overstates':
      return { ...liar, overstates: true }
    case 'garbler':
      return { ...liar, garblesFetches: true }
    case 'malformed':
      return { ...liar, judgesNothing: true }
    case 'back-dater':
    case 'flooder':
      return liar
  }
}

/** Lets a node put bytes into its log that are no entries, or entries that belong elsewhere. */
export function keepMalforming(
  world: World,
  clients: Clients,
  node: SimulatedNode,
  random: Random,
  until: number,
): void {
  world.after(random.delay(6000, 40_000), () => {
    if (world.now > until) return
    const own = node.store.log(node.parts.self.channelLog).entries
    const others = node.parts.cast.parties.map(({ channelLog }) => node.store.log(channelLog).entries)
    const pool = [...own, ...others.flat(), node.parts.self.founded]
    const model = pool.length === 0 ? random.bytes(50) : random.pick(pool)
    const kind = random.below(5)
    if (kind === 0) clients.submitRaw(node, random.bytes(random.below(200)))
    else if (kind === 1) clients.submitRaw(node, new Uint8Array())
    else if (kind === 2) clients.submitRaw(node, model)
    else if (kind === 3)
      clients.submitRaw(
        node,
        model.map((byte, i) => (i === model.length >> 1 ? byte ^ 1 : byte)),
      )
    else clients.submitRaw(node, new TextEncoder().encode(`{"v":1,"type":"${'x'.repeat(random.below(20_000))}"}`))
    keepMalforming(world, clients, node, random, until)
  })
}

/** Sends everybody what it has overheard, over and over, cut, bent or as it was, and what it made up. */
export function keepFlooding(
  world: World,
  network: Network,
  flooder: SimulatedNode,
  random: Random,
  until: number,
): void {
  world.after(random.delay(4000, 20_000), () => {
    if (world.now > until) return
    const targets = flooder.parts.cast.parties.filter(({ party }) => party !== flooder.party)
    for (let i = random.below(12); i >= 0; i--) {
      const frame = network.overheard.length === 0 ? random.bytes(300) : random.pick(network.overheard)
      const bent = random.chance(0.5)
        ? frame
        : frame.map((byte, at) => (at === (i * 97) % frame.length ? byte ^ 4 : byte))
      const bytes = random.chance(0.2) ? random.bytes(random.below(400)) : bent
      network.ask(flooder.party, random.pick(targets).party, { kind: 'deliver', bytes }, () => {})
    }
    keepFlooding(world, network, flooder, random, until)
  })
}
