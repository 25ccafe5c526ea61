/** `+380501234567` → `+380…4567`: the country and enough to tell two calls apart. */
export function maskPhone(phone: string): string {
  return phone.length <= 8 ? '…' : `${phone.slice(0, 4)}…${phone.slice(-4)}`
}

/** `olena@example.com` → `o…@example.com`. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@')
  return at < 1 ? '…' : `${email.slice(0, 1)}…${email.slice(at)}`
}
