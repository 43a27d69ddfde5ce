export interface Claim {
  readonly what: string
  readonly value: number
  readonly most: number
}

/** Prints each claim with its value. Returns whether all of them hold. */
export function printClaims(claims: readonly Claim[]): boolean {
  for (const claim of claims) console.log(line(claim))
  return claims.every(holds)
}

function holds({ value, most }: Claim): boolean {
  return value <= most
}

function line(claim: Claim): string {
  const { what, value, most } = claim
  return `${holds(claim) ? 'holds' : 'FAILS'}  ${value.toFixed(2)} (at most ${most}): ${what}`
}
