/** Prints lines for people. Texts hold no secret; implementations escape them for the platform. */
export interface Log {
  info(text: string): void
  warning(text: string): void
}
