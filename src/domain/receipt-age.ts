/** How old a rehearsal may be at the migration, by default. The input `receipt-max-age-hours` of `migrate` sets another age. */
export const defaultReceiptMaxAgeHours = 168
