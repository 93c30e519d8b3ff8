import { expect, it } from 'vitest';
import { mostResultsBytes } from '#functions/commands/brought-results.ts';
import { aSiteWithPacket, sentWith } from './packet-site.ts';

it('the page of people of other regions says that results are there only where they are, and else takes others', async () => {
  const { site, files, packet, t, at, administrator } = await aSiteWithPacket('ru');
  const first = await administrator.get(at);
  const key = sentWith(first.text, 'key') ?? '';
  const back = new URL(sentWith(first.text, 'success_action_redirect') ?? '');
  const results = back.searchParams.get('results') ?? '';
  const sent = `${back.pathname}${back.search}`;

  const never = await administrator.get(sent);
  const unsent = await administrator.upload(at, 'packet', packet, { results });
  site.stored.set(key, new Uint8Array(mostResultsBytes + 1));
  const large = await administrator.get(sent);
  site.stored.set(key, new TextEncoder().encode(files.bundle.replace('"rank":1', '"rank":2')));
  const there = await administrator.get(sent);
  const others = await administrator.upload(at, 'packet', packet, { results });
  const torn = await administrator.upload(at, 'packet', packet.slice(1), { results });

  const faults = ['noResults', 'noResults', 'largeResults', 'bundle'] as const;
  for (const [index, page] of [never, unsent, large, others].entries()) {
    expect(page.status).toBe(422);
    expect(page.text).toContain(t(`elsewhere.fault.${faults[index] ?? 'seal'}`, { megabytes: 32 }));
    expect(page.text).not.toContain(t('elsewhere.people.results.sent'));
    expect(page.text).not.toContain(t('elsewhere.done.resultsSent'));
    // Another form for the results, in place of the one for the packet.
    expect(sentWith(page.text, 'key')).toMatch(/^brought\//);
    expect(page.headers.get('content-security-policy')).toContain('https://storage.example');
  }
  for (const page of [there, torn]) {
    expect(page.text).toContain(t('elsewhere.people.results.sent'));
    expect(sentWith(page.text, 'results')).toBe(results);
  }
});
