// A bare Fastify that reads a body and answers: what HTTP and JSON alone cost on this machine.
import Fastify from 'fastify'

const app = Fastify()
app.post('/v1/actions', async () => ({ kept: 1, refused: [] }))
console.log(await app.listen({ host: '127.0.0.1', port: 0 }))
