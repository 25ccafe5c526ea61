/** Operators' codes of Ukraine; the national plan gives 39, 50, 63 … 99 to mobile networks. */
const MOBILE = [
  /^\+380(39|50|63|66|67|68|73|75|77|91|92|93|94|95|96|97|98|99)\d{7}$/,
  /^\+79\d{9}$/,
  /^\+77(0|4|6|7)\d{8}$/,
  /^\+375(25|29|33|44)\d{7}$/,
]

/** Whether an SMS can reach this E.164 number; false also where the country is not one of ours. */
export function isMobile(e164: string): boolean {
  return MOBILE.some((pattern) => pattern.test(e164))
}
