// Bytes that are made one piece after the other, as a stream that asks for the next one only when it is wanted.

/** Whoever lets the stream go ends the generator, so that its file is closed. */
export function streamOf(content: AsyncGenerator<Uint8Array, void, void>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await content.next()
        if (done === true) controller.close()
        else controller.enqueue(value)
      },
      async cancel() {
        await content.return()
      },
    },
    { highWaterMark: 0 },
  )
}
