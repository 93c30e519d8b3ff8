import { type ApplicationCommand, openApplication } from '#functions/commands/application-reading.ts';
import { readReceipt } from '#functions/commands/application-submission.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { vacanciesOf } from '#functions/commands/pinned.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Locale } from '#shared/i18n/locale.ts';
import type { ReceiptData } from '#shared/papers/receipt.ts';
import { ok, type Result } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'drawPaper' | 'region'>;

/** The receipt of an own application as PDF, in one language. It says nothing that was typed, so nothing of it is kept. */
export const drawReceipt = async (
  deps: Deps,
  command: ApplicationCommand & { locale: Locale },
): Promise<Result<{ pdf: Uint8Array<ArrayBuffer>; filename: string }, Refusal>> => {
  const opened = await openApplication(deps, command);
  if (!opened.ok) return opened;
  const read = await readReceipt(deps, command);
  if (!read.ok) return read;
  const { receipt } = read.value;
  const { found, round, file } = opened.value;
  const register = round.state.register ? await vacanciesOf(deps.records, round.state.register.sha256) : [];
  const application = found.state;
  const data: ReceiptData = {
    kind: 'receipt',
    region: deps.region,
    intake: file.intake,
    title: file.title,
    zone: file.timeZone,
    receipt,
    ...(application.stage !== 'draft' && { consentVersion: application.consentVersion }),
    requirements: file.documents.map(({ code, title }) => ({ code, title })),
    vacancies: register.filter(({ code }) => receipt.choices.includes(code)),
    ...(application.assisted && { assisted: true as const }),
    ...(application.stage === 'withdrawn' && { withdrawnAt: application.withdrawnAt }),
  };
  const { applicationId, locale } = command;
  const pdf = await deps.drawPaper({ applicationId, locale, data });
  return ok({ pdf, filename: `${receipt.number}-${locale}.pdf` });
};
