import type { OfferBoard } from '#functions/commands/offer-board.ts';
import { eachOf, readForm } from '#functions/commands/selection.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { Contender } from '#shared/domain/contender.ts';
import { type Naming, type Pairing, pairings } from '#shared/domain/partner.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Records } from '#shared/ports/records.ts';

type Deps = { records: Pick<Records, 'find' | 'document'> };

const readsAtOnce = 64;

/**
 * Who of a board applies together with a partner, for whoever lets the offers go out. Numbers only: what was typed is read on the page of the
 * application, where the reading is noted. Nothing is read in a round that does not ask.
 */
export const partnersOn = async (
  { records }: Deps,
  { contenders, file }: Pick<OfferBoard, 'contenders'> & { file: Pick<RoundFile, 'questions'> },
): Promise<readonly Pairing[]> => {
  if (!file.questions.some(({ code }) => code === 'partner')) return [];
  const open = contenders.map(({ state }) => state).filter(({ withdrawnAt }) => !withdrawnAt);
  const named = (await eachOf(open, readsAtOnce, (one) => namingOf({ records }, one))).flat();
  return pairings(named, new Set(open.map(({ number }) => number)));
};

const namingOf = async ({ records }: Deps, { applicationId, number }: Contender): Promise<Naming[]> => {
  const application = await records.find(applicationAggregate, applicationId);
  const ref = application && application.state.stage !== 'draft' ? application.state.form : undefined;
  const form = ref && (await readForm(records, ref));
  return form?.partner ? [{ number, partner: form.partner }] : [];
};
