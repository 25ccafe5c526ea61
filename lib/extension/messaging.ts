import { defineExtensionMessaging } from '@webext-core/messaging'
import type { z } from 'zod'
import type { AnswerOf, MessageName, Messages } from '../contracts/messages.ts'

type ProtocolMap = { [K in MessageName]: (data: z.input<(typeof Messages)[K]>) => AnswerOf<K> }

/** Raw messaging; use `send` and `answer` of this folder, which validate and translate failures. */
export const messaging = defineExtensionMessaging<ProtocolMap>()
