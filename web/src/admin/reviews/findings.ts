/** What was found in a film, from every reviewer's list: the newest round only, in the order of the film. */
import type { Finding, Review } from '../../api/types';

export interface FoundBy {
  key: string;
  finding: Finding;
  by: string;
}

/** `reviews` come the newest first. Of a program that has looked more than once, the newest look counts. */
export function findingsOf(reviews: Review[]): FoundBy[] {
  const withFindings = reviews.filter(
    (review, place) =>
      review.findings.length > 0 && !reviews.slice(0, place).some((newer) => replaces(newer, review)),
  );
  const round = Math.max(0, ...withFindings.map((review) => review.round));
  return withFindings
    .filter((review) => review.round === round)
    .flatMap((review) =>
      review.findings.map((finding, place) => ({
        key: `${review.id}-${place}`,
        finding,
        by: review.reviewer.name,
      })),
    )
    .toSorted((one, other) => startOf(one) - startOf(other));
}

function replaces(newer: Review, review: Review): boolean {
  const isProgram = newer.reviewer.kind === 'agent' && review.reviewer.kind === 'agent';
  return isProgram && newer.reviewer.name === review.reviewer.name && newer.round === review.round;
}

/** What is about the whole film comes first. */
export function startOf({ finding }: FoundBy): number {
  return finding.startSeconds ?? -1;
}

/** One line a label, so that what overlaps is seen. */
export function lanesOf(findings: FoundBy[]): [label: string, FoundBy[]][] {
  const lanes = new Map<string, FoundBy[]>();
  for (const found of findings.filter((each) => startOf(each) >= 0)) {
    const lane = lanes.get(found.finding.label);
    if (lane) lane.push(found);
    else lanes.set(found.finding.label, [found]);
  }
  return [...lanes];
}

/** The finding before or after this second; a moment's grace, so that pressing twice goes on. */
export function findingBeside(findings: FoundBy[], seconds: number, direction: 1 | -1): number | null {
  const GRACE_SECONDS = 0.5;
  const starts = findings.map(startOf).filter((start) => start >= 0);
  const found =
    direction > 0
      ? starts.find((start) => start > seconds + GRACE_SECONDS)
      : starts.findLast((start) => start < seconds - GRACE_SECONDS);
  return found ?? null;
}
