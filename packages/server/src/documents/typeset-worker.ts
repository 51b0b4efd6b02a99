// The thread that sets one document: it reads the fonts, compiles the template with the data, and gives the PDF. It knows no
// network: the compiler has only the template, the data and two fonts.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'

const require = createRequire(import.meta.url)
const fonts = ['400Regular/NotoSansSC_400Regular.ttf', '700Bold/NotoSansSC_700Bold.ttf']

const { data, template } = workerData as { template: string; data: string }
const compiler = NodeCompiler.create({
  workspace: import.meta.dirname,
  fontArgs: [
    { fontBlobs: fonts.map((name) => readFileSync(require.resolve(`@expo-google-fonts/noto-sans-sc/${name}`))) },
  ],
})
const compiled = compiler.compile({
  mainFileContent: readFileSync(`${import.meta.dirname}/${template}`, 'utf8'),
  inputs: { document: data },
})
if (compiled.result === null) {
  const problems = compiled.takeDiagnostics()
  throw new Error(`the document does not set: ${JSON.stringify(problems?.shortDiagnostics ?? [])}`)
}
// The moment of printing is no part of a document that must come out the same on both sides.
const pdf = compiler.pdf(compiled.result, { creationTimestamp: 0 })
const bytes = new Uint8Array(pdf)
parentPort!.postMessage(bytes, [bytes.buffer])
