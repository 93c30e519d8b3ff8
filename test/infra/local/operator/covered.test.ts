import { expect, it } from 'vitest';
import { coverCodes, type Letter } from '#infra/local/operator/sources.ts';

const letter = (template: string, text: string): Letter => ({
  id: 'one',
  to: 'somebody@example.kz',
  subject: 'A letter',
  text,
  headers: { 'X-Irikteu-Template': template },
  at: '2022-09-20T04:00:00.000Z',
  state: 'sent',
});

it.for(['reference-asked', 'reference-reminder'])('the operator does not get the link of %s', (template) => {
  const covered = coverCodes(letter(template, 'Open http://x.kz/kk/reference#aToken-of_43characters now'));

  expect(covered.text).toBe('Open http://x.kz/kk/reference#•••••• now');
});

it('the operator does not get the link that makes somebody a guest', () => {
  const covered = coverCodes(letter('guest-invited', 'Accept: http://x.kz/kk/enrol#aToken-of_43characters'));

  expect(covered.text).toBe('Accept: http://x.kz/kk/enrol#••••••');
});
