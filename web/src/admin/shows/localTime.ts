/** Moments as a form's date field wants them, in the time zone of whoever sits before it, and back. */

/** "2027-01-31T18:00" in local time; empty stays empty. */
export function toLocalField(moment: string): string {
  if (!moment) return '';
  const date = new Date(moment);
  const two = (value: number) => String(value).padStart(2, '0');
  // While somebody types a year it is of the first century, and has four digits all the same.
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The moment that the field means, in UTC. */
export function fromLocalField(field: string): string {
  const date = new Date(field);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}

export function ownTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
