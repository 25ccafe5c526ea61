import { z } from 'zod'

/** Who somebody is to the call centre; each sees and may do what the work needs. */
export const Role = z.enum([
  'operator',
  'sales_rep',
  'coordinator',
  'head_of_sales',
  'quality',
  'customer',
  'technician',
  'admin',
])
export type Role = z.infer<typeof Role>
