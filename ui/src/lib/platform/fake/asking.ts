import type { AnswerKey, FormView, Takeable } from '../../bindings';
import { CommandFailed } from '../platform';
import { done, unitView } from './collecting';
import type { Commander } from './commander';
import type { FakeForm } from './form';
import { type FakeMember, type FakeUnit, notFound, type World } from './world';

type Bodies = Pick<Commander, 'form_open' | 'form_answer' | 'form_go_to' | 'form_refuse' | 'form_undo_refusal' | 'form_check' | 'form_take_parent' | 'unit_refuse'>;

/** One person's form. */
export function asking(world: World): Bodies {
  const change = (unitId: string, memberId: string, how: (form: FakeForm) => void) => {
    const unit = world.unit(unitId);
    const member = unit.members.find((member) => member.id === memberId) ?? notFound();
    if (member.collected) notFound();
    how(member.form);
    unit.changedAt = world.now();
    return formView(unit, member, world);
  };
  return {
    form_open: (args) => change(args.unit, args.member, () => undefined),
    form_answer: (args) =>
      change(args.unit, args.member, (form) => {
        const { unchecked } = world.member(args.unit, args.member);
        if (args.answer && form.state === 'open' && !unchecked && !informed(world, args)) throw new CommandFailed('not_informed');
        form.forgetTaken(args.question);
        if (!form.asked(args.question)) throw new CommandFailed('not_asked');
        form.answer(args.question, args.answer);
      }),
    form_go_to: (args) =>
      change(args.unit, args.member, (form) => {
        if (args.question && !form.asked(args.question)) throw new CommandFailed('not_asked');
        form.position = args.question;
      }),
    form_refuse: (args) => change(args.unit, args.member, (form) => form.refuse()),
    form_undo_refusal: (args) =>
      change(args.unit, args.member, (form) => {
        form.refused = false;
        form.checked = false;
      }),
    form_check: (args) =>
      change(args.unit, args.member, (form) => {
        if (!form.complete) throw new CommandFailed('not_checked', { count: '1' });
        form.checked = true;
      }),
    form_take_parent: (args) => {
      const own = ownAnswers(world.member(args.unit, args.parent));
      return change(args.unit, args.member, (form) => {
        const other = args.as_parent === 'mother' ? 'father' : 'mother';
        if (!own || form.asking !== 'to_parent' || form.refused || form.taken[other] === args.parent) throw new CommandFailed('cannot_take');
        form.answer(`${args.as_parent}_born_outside`, own.born);
        if (own.came) form.answer(`${args.as_parent}_immigrated_after_1949`, own.came);
        form.taken[args.as_parent] = args.parent;
      });
    },
    unit_refuse: (args) => {
      const unit = world.unit(args.unit);
      const adult = world.member(args.unit, args.member);
      if (adult.form.asking !== 'to_person' || adult.collected) notFound();
      const children = unit.members.filter((member) => member.form.asking === 'to_parent' && !member.collected && !['complete', 'checked'].includes(member.form.state));
      for (const member of [adult, ...children]) member.form.refuse();
      unit.changedAt = world.now();
      return unitView(unit, world);
    },
  };
}

/** A form as its view shows it. */
/** A young person is informed alone, everybody else with the family at the table; a sheet of paper informs one person. */
function informed(world: World, { unit, member }: { unit: string; member: string }): boolean {
  const { form } = world.member(unit, member);
  return world.informed.has(member) || (form.asking !== 'to_young_person' && world.unit(unit).informed);
}

export function formView(unit: FakeUnit, member: FakeMember, world: World): FormView {
  const { form } = member;
  const needing = unit.members.filter((other) => !other.collected);
  return {
    unit: unit.id,
    member: member.id,
    label: member.label,
    form_version: 1,
    asking: form.asking,
    current: form.current,
    questions: form.questions,
    warnings: form.warnings,
    refused: form.refused,
    state: form.state,
    last: form.last,
    place: needing.indexOf(member) + 1,
    of: needing.length,
    next_member: unit.members.find((other) => other !== member && !done(other))?.id ?? null,
    takeable: world.turned ? [] : takeable(unit, form),
  };
}

/** Who could hand on their own answers at the question that the form stands at. */
function takeable(unit: FakeUnit, form: FakeForm): Takeable[] {
  if (form.asking !== 'to_parent' || !/^(mother|father)_/.test(form.current ?? '')) return [];
  const other = form.current?.startsWith('mother_') ? 'father' : 'mother';
  return unit.members.filter((member) => form.taken[other] !== member.id && ownAnswers(member)).map((member) => ({ member: member.id, label: member.label }));
}

/** What an adult's form says to the two questions about a parent; a refusal says "keine Angabe". */
function ownAnswers({ form, collected }: FakeMember): { born: AnswerKey; came: AnswerKey | undefined } | undefined {
  if (form.asking !== 'to_person' || collected || form.state === 'open') return undefined;
  const born = form.effective('born_outside');
  const came = form.effective('immigrated_after_1949');
  return born && came && { born, came: born === 'yes' ? came : undefined };
}
