import { goesOn } from '#functions/commands/offer-board.ts';
import { vacanciesOf } from '#functions/commands/pinned.ts';
import { exchangedIn } from '#shared/domain/exchange.ts';
import type { ApplicationId } from '#shared/domain/ids.ts';
import type { Prospects } from '#shared/domain/offer-prospect.ts';
import type { Round } from '#shared/domain/round.ts';
import { isFinal } from '#shared/domain/round-record.ts';
import type { Records } from '#shared/ports/records.ts';

/** From what follows whether an application may still be offered something; nobody may before the results are final. */
export const prospectsIn = async (
  records: Pick<Records, 'blob'>,
  round: Round,
  id: ApplicationId,
): Promise<Prospects> =>
  isFinal(round)
    ? {
        ...exchangedIn(round),
        goesOn: await goesOn(records, round, id),
        vacancies: await vacanciesOf(records, round.register.sha256),
      }
    : { goesOn: false, vacancies: [] };
