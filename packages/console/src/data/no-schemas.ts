// Stands where the schema library would be in the build for browsers. The contract is made of schemas, but the client
// reads only names, methods and paths from it: what is told by the node is checked by its proofs, not by its shape.

const nothing: unknown = new Proxy(() => nothing, {
  get: (_, name) => (name === Symbol.toPrimitive ? () => '' : nothing),
  apply: () => nothing,
})

/** Every schema, every method of one, and whatever comes of calling it. */
export const z = nothing
