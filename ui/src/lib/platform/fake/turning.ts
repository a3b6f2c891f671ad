import wording, { translations } from 'virtual:wording';

import type { Commands } from '../../bindings';
import { CommandFailed, type CommandName } from '../platform';
import type { Commander } from './commander';
import { statusOf } from './sitting';
import { notFound, type World } from './world';

const CODE = /^\d{4,8}$/;
const TRIES = 3;

/** What needs nobody's passphrase, and what the turned device is for. */
const FOR_CUSTOMER: CommandName[] = ['status', 'wording', 'wording_in', 'lock', 'turn_back'];
const FOR_THIS_FORM: CommandName[] = ['form_open', 'form_answer', 'form_go_to', 'form_refuse', 'form_undo_refusal', 'unit_informed'];

/** The wording in all languages, and the turned device. */
export function turning(world: World): Pick<Commander, 'wording' | 'wording_in' | 'turn' | 'turn_back'> {
  const on = () => translations.filter(({ about }) => world.languages.includes(about.language));
  return {
    wording: () => ({
      german: wording,
      versions: world.versions,
      languages: on().map(({ about }) => ({ language: about.language, name: about.language_name, direction: about.direction, reviewed_by: about.reviewed_by, reviewed_on: about.reviewed_on })),
      information: world.information,
    }),
    wording_in: (args) => {
      const found = [wording, ...on()].find(({ about }) => about.language === args.language);
      if (!found) throw new CommandFailed('language_unknown');
      return { wording: found };
    },
    turn: ({ unit, member, code }) => {
      if (world.member(unit, member).collected) notFound();
      if (code === null ? world.turnCode === null : !CODE.test(code)) throw new CommandFailed('code_needed', { minimum: '4' });
      world.turnCode = code ?? world.turnCode;
      world.turned = { unit, member };
      world.wrongCodes = 0;
      return statusOf(world);
    },
    turn_back: ({ code }) => {
      if (code === world.turnCode) {
        world.turned = null;
        world.wrongCodes = 0;
        return statusOf(world);
      }
      world.wrongCodes += 1;
      if (world.wrongCodes < TRIES) throw new CommandFailed('wrong_code', { left: String(TRIES - world.wrongCodes) });
      world.wrongCodes = 0;
      world.getUp();
      throw new CommandFailed('locked');
    },
  };
}

/** Refuses everything but the form that the customer has before them. */
export function demandNotTurned<K extends CommandName>(world: World, command: K, args: Commands[K]['args']) {
  const { turned } = world;
  if (!turned || FOR_CUSTOMER.includes(command)) return;
  const whose = args as { unit?: string; member?: string };
  const same = whose.unit === turned.unit && (whose.member ?? turned.member) === turned.member;
  if (!FOR_THIS_FORM.includes(command) || !same) throw new CommandFailed('turned');
}
