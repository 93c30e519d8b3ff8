import * as z from 'zod';
import type { Applicant } from '#infra/demo/applicant.ts';
import type { Company } from '#infra/demo/company.ts';
import { expectJson } from '#infra/rehearsal/http-client.ts';
import type { Rehearsal } from '#infra/rehearsal/rehearsal.ts';
import type { Standing } from '#shared/domain/standing.ts';

/** A round that is played: where, and by whom. */
export type Scene = Rehearsal & {
  round: string;
  company: Company;
  applicants: Applicant[];
  say: (line: string) => void;
  /** Whether the round asks for what `checks.ts` adds. */
  isChecked: boolean;
};

/** Where the round is. */
export const stageOf = async ({ company, round }: Scene): Promise<string> =>
  (await expectJson(company.administrator.client, `/api/rounds/${round}`, {}, Stood)).stage;

const Stood = z.object({ stage: z.string() });

/** Whose application a number is. */
export const applicantOf = ({ applicants }: Scene, number: string): Applicant => {
  const found = applicants.find((one) => one.number === number);
  if (!found) throw new Error(`Nobody in the play applied as ${number}.`);
  return found;
};

/** Those of a decided list who go on, in the order in which they applied. */
export const goingOn = ({ applicants }: Scene, standings: readonly Standing[]): Applicant[] => {
  const going = new Set<string>(
    standings.filter(({ outcome }) => outcome === 'goes-on').map(({ applicationId }) => applicationId),
  );
  return applicants.filter(({ id }) => going.has(id));
};
