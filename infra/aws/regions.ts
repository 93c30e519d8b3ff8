import { type RegionCode, regionName } from '#shared/domain/region.ts';
import type { Texts } from '#shared/domain/texts.ts';

/**
 * One region of the programme. Adding an entry adds a data stack and a round stack; no other code changes. Pages and
 * letters speak Kazakh, Russian and English everywhere.
 */
export type Region = {
  /** ISO 3166-2. */
  code: RegionCode;
  /** Where it runs when it runs on AWS: for rehearsal, or where the law allows it (DESIGN 3). */
  awsRegion: string;
  /** Letters come from this address; on AWS its domain is verified with SES. */
  mailFrom: string;
  /** Alarms go to this address. */
  operatorMail: string;
  /**
   * Whether uploaded documents are scanned for malware before staff may open them: on AWS by GuardDuty, which is then deployed with
   * the region; on one machine by clamd, which `CLAMD_ADDRESS` must name.
   */
  scanning: 'on' | 'off';
};

/** What the region is called in the three languages. */
export const namesOf = (region: Region): Texts => regionName(region.code);

/** The list that administrators edit. */
export const regions: readonly Region[] = [
  {
    code: 'KZ-61',
    awsRegion: 'eu-central-1',
    mailFrom: 'turkistan@irikteu.example',
    operatorMail: 'operator.turkistan@irikteu.example',
    scanning: 'off',
  },
  {
    code: 'KZ-19',
    awsRegion: 'eu-central-1',
    mailFrom: 'almaty@irikteu.example',
    operatorMail: 'operator.almaty@irikteu.example',
    scanning: 'off',
  },
  {
    code: 'KZ-23',
    awsRegion: 'eu-central-1',
    mailFrom: 'atyrau@irikteu.example',
    operatorMail: 'operator.atyrau@irikteu.example',
    scanning: 'off',
  },
  {
    code: 'KZ-47',
    awsRegion: 'eu-central-1',
    mailFrom: 'mangystau@irikteu.example',
    operatorMail: 'operator.mangystau@irikteu.example',
    scanning: 'off',
  },
  {
    code: 'KZ-33',
    awsRegion: 'eu-central-1',
    mailFrom: 'zhetysu@irikteu.example',
    operatorMail: 'operator.zhetysu@irikteu.example',
    scanning: 'off',
  },
];

/** @throws Error naming the known codes when none is asked for */
export const regionOf = (code: string): Region => {
  const region = regions.find((one) => one.code === code);
  if (region) return region;
  throw new Error(`No region has the code ${code}. Known: ${regions.map((one) => one.code).join(', ')}`);
};
