// Writes the OpenAPI document of the relay: `npm run openapi [-- FILE]`, else to `.output/`.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { openApiDocument } from '../relay/http/openapi.ts'

const [file = '.output/openapi.json'] = process.argv.slice(2)
mkdirSync(dirname(file), { recursive: true })
writeFileSync(file, `${JSON.stringify(await openApiDocument(), null, 2)}\n`)
console.log(file)
