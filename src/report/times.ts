export function plainSeconds(seconds: number): string {
  return `${seconds.toFixed(1)} s`
}

/** An estimate. @param upper Its upper end; half of it is the lower end. */
export function estimateText(upper: number): string {
  return `${(upper / 2).toFixed(1)} to ${plainSeconds(upper)}`
}

/** @param at ISO 8601, in UTC. */
export function timeText(at: string): string {
  return `${at.slice(0, 16).replace('T', ' ')} UTC`
}
