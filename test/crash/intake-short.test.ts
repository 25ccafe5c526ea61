import { intakeMatrix } from './intake-matrix.ts'

// The kills that matter, once; `npm run crash` does all of them over and over.
intakeMatrix({ rounds: 1, clients: 3, isWhole: false })
