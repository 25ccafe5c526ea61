import { intakeMatrix } from './intake-matrix.ts'

intakeMatrix({ rounds: Number(process.env.CRASH_ROUNDS ?? 10), clients: 12, isWhole: true })
