import { describe, expect, it } from 'vitest';
import { sha256Of } from '#shared/domain/hash.ts';
import { roomOf } from '#shared/domain/panel-rooms.ts';

const digest = sha256Of('a place');
const place = { owner: 'round#1', kind: 'place' as const, version: 1, digest };
const travel = {
  sites: [],
  minutes: 40,
  source: 'The test',
  confidence: 'unverified' as const,
  verifiedOn: '2022-10-01',
};
const room = (typed: string, { site, sites = false }: { site?: string; sites?: boolean } = {}): string =>
  roomOf(
    { place, ...(site !== undefined && { site }) },
    { rooms: new Map([[digest, typed]]), travel: sites ? travel : undefined },
  );

const callAlone = [
  'online',
  'Онлайн',
  'ОНЛАЙН (Zoom)',
  'он-лайн',
  'Видеосвязь',
  'по видеосвязи',
  'Видео-конференция',
  'Видеоконференцсвязь, ссылка в Teams',
  'Собеседование дистанционно, через Google Meet',
  'ВКС',
  'Бейнеқоңырау',
  'Zoom арқылы бейнебайланыс',
  'қашықтан, онлайн форматында',
  'Video call',
  'zoom.us',
  'https://us02web.zoom.us/',
  'Онлайн: meet.google.com',
];
const rooms = [
  'Кабинет 12',
  'Видеозал',
  'бейнезал',
  'Онлайн, кабинет 12',
  'Онлайн-зал',
  'Zoom 845 1234 5678',
  'https://zoom.us/j/84512345678',
  'meet.google.com/abc-defg-hij',
  'Актовый зал',
  'A',
  'В',
  'ул.Абая 5',
  'каб.лингафонный',
];

describe('a place that was typed', () => {
  it.for(callAlone)('is no room where it says that it is a video call, and not which: %s', (typed) => {
    expect([room(typed), room(typed, { sites: true })]).toEqual(['', '']);
  });

  it.for(rooms)('is a room where it says more: %s', (typed) => {
    expect(room(typed)).not.toBe('');
    expect(room(` ${typed.toUpperCase()}  `)).toBe(room(typed));
  });

  it('says which call without a site, in a round that has sites', () => {
    expect(room('Бағдарлама арқылы', { sites: true })).toBe('');
    expect(room('https://video.example', { sites: true })).toBe('');
    expect(room('https://video.example/комиссия-1', { sites: true })).not.toBe('');
    expect(room('Бағдарлама арқылы', { sites: true, site: 'lyceum' })).not.toBe('');
  });
});
