/** Bits a second as people say them. */
const MEGABIT = 1_000_000;
const KILOBIT = 1000;

export function sayBits(bits: number, language: string): string {
  const mega = bits >= MEGABIT;
  const value = bits / (mega ? MEGABIT : KILOBIT);
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: mega ? 1 : 0 }).format(value);
  return `${number} ${mega ? 'Mbit/s' : 'kbit/s'}`;
}
