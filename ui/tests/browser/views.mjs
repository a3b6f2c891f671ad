/** Clicks a button or link by its name. */
const press = (role, name) => (page) => page.getByRole(role, { name }).first().click();
const all = (...steps) => async (page) => {
  for (const step of steps) await step(page);
};
/** Presses a key that answers, and waits for the next screen. */
const key = (name) => async (page) => {
  const before = await page.locator('h1').textContent();
  await page.keyboard.press(name);
  await page.waitForFunction((text) => document.querySelector('h1')?.textContent !== text, before);
};
/** The window while a customer has it. */
const turned = { scene: 'counsellor', query: '&turned=to_person' };
const begin = async (page) => {
  await page.locator('.dock button').first().click();
  await page.locator('#question').waitFor();
};
const arabic = async (page) => {
  await page.locator('button[lang=ar]').click();
  await page.getByText('Bevor wir anfangen').waitFor();
};
const arabicQuestion = all(arabic, begin);
const unit = (page) => page.getByRole('link', { name: /12345BG0000017/ }).click();

/** Throws away all drafts and ticks all marks: nothing is left to do. */
const finishAll = async (page) => {
  for (const name of [/12345BG0000017/, /12345BG0000025/, /Herr K\./]) {
    await page.getByRole('link', { name }).click();
    await press('button', 'Verwerfen')(page);
    await page.getByLabel('Doppelt angelegt').check();
    await press('button', 'Verwerfen und vernichten')(page);
  }
  await page.getByText('Hier ist noch nichts.').waitFor();
  await press('link', 'Übergeben')(page);
  await press('link', 'MIG-Liste')(page);
  for (const who of ['Frau B.', 'Kind 1']) await page.getByLabel(`${who} ist gekennzeichnet`).check();
  await press('link', 'Feierabend')(page);
  await page.getByText('Alles erledigt').waitFor();
};

/** Opens the form for a number that follows. */
const bringing = press('button', 'Kundennummer nachtragen');

/** A change of mind: types the number twice and looks. */
const changing = { scene: 'counsellor', hash: '/aenderung' };
const lookUp = (number) => async (page) => {
  for (const id of ['first', 'again']) await page.locator(`#number-${id}`).fill(number);
  await press('button', 'Nachsehen')(page);
  await page.locator('#found').waitFor();
};

/** Opens the papers of one person. */
const papers = (who, link) => all(unit, (page) => page.getByLabel(`Papier: ${who}`).click(), link ? press('link', link) : () => undefined);

/** Leads to this field of the entry mask, counted from 1. */
const downTo = (place) => async (page) => {
  for (let at = 1; at < place; at++) await page.keyboard.press('ArrowDown');
  await page.locator(`ol li:nth-child(${place}) [aria-current]`).waitFor();
};

/** Types a mask file and has it checked. */
const changeMask = (text) => async (page) => {
  await page.locator('section[aria-labelledby=mask] summary').click();
  await page.locator('#mask-text').fill(text);
  await page.locator('section[aria-labelledby=mask] form button[type=submit]').click();
  await page.locator('section[aria-labelledby=mask] .kern-alert, #mask-text-error').first().waitFor();
};

const reported = (page) => page.getByText('Stand: Sonntag').waitFor();

/** Every view in the states in which somebody sees it: scene of the stand-in, address, and the way there. */
export const VIEWS = [
  { name: 'start', scene: 'first' },
  { name: 'enrol', scene: 'first', go: press('button', 'Einladung einlösen') },
  { name: 'enrol-errors', scene: 'first', go: all(press('button', 'Einladung einlösen'), press('button', 'Einlösen')) },
  { name: 'found', scene: 'first', go: press('button', 'Jobcenter einrichten') },
  {
    name: 'shares',
    scene: 'first',
    go: async (page) => {
      await press('button', 'Jobcenter einrichten')(page);
      const texts = { url: 'https://bogen.example', code: 'abcd-efgh', office: 'Jobcenter Musterstadt', name: 'Tom Albers', passphrase: 'vier wörter am stück', again: 'vier wörter am stück' };
      for (const [id, text] of Object.entries(texts)) await page.locator(`#${id}`).fill(text);
      await press('button', 'Einrichten')(page);
      await page.getByText('Teil 1 von 3').waitFor();
    },
  },
  { name: 'damaged', scene: 'damaged' },
  { name: 'revoked', scene: 'revoked' },
  { name: 'waiting', scene: 'waiting' },
  { name: 'unlock', scene: 'locked' },
  {
    name: 'unlock-wrong',
    scene: 'locked',
    go: async (page) => {
      await page.locator('#passphrase').fill('falsch');
      await page.locator('#passphrase').press('Enter');
      await page.getByText('Der Kennsatz stimmt nicht.').waitFor();
    },
  },
  { name: 'units', scene: 'counsellor' },
  { name: 'units-none', scene: 'counsellor', query: '&empty=1' },
  { name: 'units-many', scene: 'counsellor', query: '&units=60' },
  { name: 'units-old', scene: 'counsellor', query: '&units=200', go: all((page) => page.locator('#search').fill('000017'), (page) => page.getByText('bitte jetzt abschließen').first().waitFor()) },
  { name: 'units-ten-thousand', scene: 'counsellor', query: '&units=10000' },
  { name: 'units-not-found', scene: 'counsellor', go: all((page) => page.locator('#search').fill('999'), (page) => page.getByText('Nichts gefunden').waitFor()) },
  { name: 'units-none-of-state', scene: 'counsellor', go: all((page) => page.locator('#state').selectOption('reminder'), (page) => page.getByText('Nichts gefunden').waitFor()) },
  { name: 'unit-new', scene: 'counsellor', hash: '/erheben/neu' },
  { name: 'unit-new-errors', scene: 'counsellor', hash: '/erheben/neu', go: press('button', 'Anlegen') },
  { name: 'unit', scene: 'counsellor', go: unit },
  { name: 'unit-discard', scene: 'counsellor', go: all(unit, press('button', 'Verwerfen')) },
  { name: 'unit-discard-errors', scene: 'counsellor', go: all(unit, press('button', 'Verwerfen'), press('button', 'Verwerfen und vernichten')) },
  { name: 'member-new', scene: 'counsellor', go: all(unit, press('link', 'Person hinzufügen')) },
  { name: 'member-change', scene: 'counsellor', go: all(unit, press('link', 'Ändern: Amira')) },
  { name: 'introduction', scene: 'counsellor', go: all(unit, press('link', 'Weiter: Amira')) },
  { name: 'question', scene: 'counsellor', go: all(unit, press('link', 'Weiter: Amira'), press('button', 'Weiter')) },
  { name: 'check', scene: 'counsellor', go: all(unit, press('link', 'Ansehen: Layla'), press('button', 'Weiter')) },
  { name: 'check-older-version', scene: 'counsellor', query: '&newer', go: all(unit, press('link', 'Ansehen: Layla'), press('button', 'Weiter')) },
  { name: 'check-edit', scene: 'counsellor', go: all(unit, press('link', 'Ansehen: Layla'), press('button', 'Weiter'), press('button', /Ändern: Mutter .*Geburtsort/)) },
  {
    name: 'check-warning',
    scene: 'counsellor',
    go: all(unit, press('link', 'Ansehen: Layla'), press('button', 'Weiter'), press('button', /Ändern: Staatsangehörigkeit als/), press('button', 'Ja'), (page) => page.getByText('Bitte noch einmal ansehen').waitFor()),
  },
  { name: 'check-refused', scene: 'counsellor', go: all(unit, press('link', 'Beginnen: Sami'), press('button', 'Ich möchte nicht antworten')) },
  { name: 'question-take', scene: 'counsellor', go: all(unit, press('link', 'Weiter: Amira'), press('button', 'Weiter'), key('2'), (page) => page.getByText('hier am Tisch').waitFor()) },
  { name: 'introduction-adult', scene: 'counsellor', go: all(unit, press('link', 'Beginnen: Sami')) },
  { name: 'turn-code', scene: 'counsellor', go: all(unit, press('link', 'Beginnen: Sami'), press('button', 'Gerät umdrehen'), press('button', /^Umdrehen$/)) },
  { name: 'turned-language', ...turned },
  { name: 'turned-introduction', ...turned, go: press('button', 'Deutsch') },
  { name: 'turned-introduction-ar', ...turned, go: arabic },
  { name: 'turned-privacy', ...turned, go: all(arabic, press('button', /Mehr zum Datenschutz/)) },
  { name: 'turned-question', ...turned, go: all(press('button', 'Deutsch'), press('button', 'Weiter'), (page) => page.locator('#question').waitFor()) },
  { name: 'turned-question-ar', ...turned, go: arabicQuestion },
  { name: 'turned-failed-ar', ...turned, query: `${turned.query}&full=form_answer`, go: all(arabicQuestion, (page) => page.keyboard.press('1'), (page) => page.getByRole('alert').waitFor()) },
  { name: 'turned-unopened', ...turned, query: `${turned.query}&full=form_open`, go: (page) => page.getByText('Der Speicher dieses Geräts ist voll').waitFor() },
  { name: 'lock-failed', scene: 'counsellor', query: '&full=lock', go: all(unit, press('button', 'Sperren'), (page) => page.getByText('Die App ist nicht gesperrt').waitFor()) },
  { name: 'turned-question-ru', ...turned, go: all(press('button', 'Русский'), begin, key('1'), key('2'), (page) => page.getByText('Aussiedlerin').waitFor()) },
  { name: 'turned-check-ar', ...turned, go: all(arabicQuestion, key('1'), key('2'), key('2'), key('1'), key('3'), key('2'), (page) => page.getByText('Ihre Antworten', { exact: true }).waitFor()) },
  { name: 'turned-refused-ar', ...turned, go: all(arabicQuestion, press('button', /nicht antworten/), (page) => page.getByText('doch antworten').waitFor()) },
  { name: 'turned-thanks', ...turned, go: all(arabicQuestion, press('button', /nicht antworten/), (page) => page.locator('.dock button').first().click(), (page) => page.getByText('Vielen Dank').waitFor()) },
  { name: 'turned-code', ...turned, go: all(arabicQuestion, press('button', 'Personal'), (page) => page.locator('#code').fill('1111'), (page) => page.locator('#code').press('Enter'), (page) => page.getByText('Noch 2 Versuche').waitFor()) },
  { name: 'member-papers', scene: 'counsellor', go: papers('Sami') },
  { name: 'paper-member', scene: 'counsellor', go: papers('Sami', 'Bogen mitgeben') },
  { name: 'paper', scene: 'counsellor', hash: '/papier' },
  { name: 'paper-arabic', scene: 'counsellor', hash: '/papier', go: all((page) => page.locator('#language').selectOption('ar'), (page) => page.locator('article [lang=ar]').first().waitFor()) },
  { name: 'paper-locked', scene: 'locked', query: '&information=0', go: all(press('button', 'Leeren Bogen drucken'), (page) => page.getByText('Ihr Jobcenter hat noch nicht eingetragen').waitFor()) },
  { name: 'transcribe', scene: 'counsellor', go: all(papers('Sami', 'Vom Papier abtippen'), (page) => page.keyboard.type('jnj'), press('button', 'Zur Übersicht'), (page) => page.getByText('ist noch offen').waitFor()) },
  { name: 'transcribe-refused', scene: 'counsellor', go: all(papers('Sami', 'Vom Papier abtippen'), (page) => page.getByLabel('Angekreuzt').check()) },
  { name: 'shred', scene: 'counsellor', go: all(papers('Sami', 'Vom Papier abtippen'), (page) => page.getByLabel('Angekreuzt').check(), press('button', 'Zur Übersicht'), press('button', 'Weiter'), (page) => page.getByText('Bitte schreddern Sie').waitFor()) },
  {
    name: 'shred-none',
    scene: 'counsellor',
    go: all(papers('Sami', 'Vom Papier abtippen'), (page) => page.evaluate(() => (location.hash = location.hash.replace('abtippen', 'schreddern'))), (page) => page.getByText('Kein Papierbogen zu schreddern').waitFor()),
  },
  { name: 'privacy', scene: 'counsellor', hash: '/datenschutz' },
  { name: 'privacy-unwritten', scene: 'counsellor', query: '&information=0', hash: '/datenschutz' },
  { name: 'finalise', scene: 'counsellor', go: all(unit, press('link', 'Übergeben …')) },
  { name: 'finalise-missing', scene: 'counsellor', go: all(unit, press('link', 'Übergeben …'), press('button', /versiegeln/)) },
  { name: 'handover', scene: 'counsellor', hash: '/uebergeben' },
  { name: 'handover-nothing', scene: 'counsellor', hash: '/uebergeben', go: all(press('button', 'Jetzt übertragen'), (page) => page.getByText('Es gibt gerade nichts').waitFor()) },
  { name: 'log-fault', scene: 'counsellor', query: '&log=whole', hash: '/uebergeben' },
  { name: 'log-fault-stays', scene: 'counsellor', query: '&log=broken', hash: '/uebergeben', go: all(press('button', 'Erneut prüfen'), (page) => page.getByText('konnte nicht belegen').waitFor()) },
  { name: 'handover-offline', scene: 'counsellor', query: '&offline=1', hash: '/uebergeben', go: all(press('button', 'Jetzt übertragen'), (page) => page.getByText('gerade nicht erreichbar').waitFor()) },
  { name: 'mig', scene: 'counsellor', hash: '/mig' },
  { name: 'closing', scene: 'counsellor', query: '&units=200', hash: '/feierabend' },
  { name: 'closing-nothing', scene: 'counsellor', go: finishAll },
  { name: 'ledger', scene: 'counsellor', hash: '/protokoll' },
  { name: 'mig-number', scene: 'counsellor', query: '&more=1', hash: '/mig', go: bringing },
  { name: 'mig-number-errors', scene: 'counsellor', query: '&more=1', hash: '/mig', go: all(bringing, press('button', 'Speichern'), (page) => page.getByRole('alert').waitFor()) },
  { name: 'closing-more', scene: 'counsellor', query: '&more=1', hash: '/feierabend' },
  { name: 'units-change', scene: 'counsellor', query: '&more=1' },
  { name: 'unit-change', scene: 'counsellor', query: '&more=1', go: press('link', /Frau O\./) },
  { name: 'papers', scene: 'counsellor', query: '&more=1', hash: '/schreddern' },
  { name: 'papers-none', scene: 'counsellor', hash: '/schreddern' },
  { name: 'handover-history', scene: 'counsellor', query: '&more=1', hash: '/uebergeben' },
  { name: 'ledger-verified', scene: 'counsellor', query: '&more=1', hash: '/protokoll', go: all(press('button', 'Prüfen'), (page) => page.getByText('vollständig und echt').waitFor()) },
  { name: 'ledger-exported', scene: 'counsellor', query: '&more=1', hash: '/protokoll', go: all(press('button', 'Für eine Revision sichern'), (page) => page.getByText('auf jedem Gerät derselbe').waitFor()) },
  { name: 'ledger-broken', scene: 'counsellor', query: '&more=1&ledger=broken', hash: '/protokoll', go: all(press('button', 'Prüfen'), (page) => page.getByText('stimmt nicht').waitFor()) },
  { name: 'ledger-print', scene: 'counsellor', query: '&more=1', hash: '/protokoll/drucken', go: (page) => page.getByText('vollständig und echt').waitFor() },
  { name: 'change', scene: 'counsellor', hash: '/aenderung' },
  { name: 'change-errors', scene: 'counsellor', hash: '/aenderung', go: press('button', 'Nachsehen') },
  { name: 'change-draft', ...changing, go: lookUp('123A456789') },
  { name: 'change-waiting', ...changing, go: lookUp('234B567890') },
  { name: 'change-opened', ...changing, go: lookUp('234B567892') },
  { name: 'change-withdraw', ...changing, go: all(lookUp('234B567892'), press('button', 'Alles zurückziehen …')) },
  { name: 'change-entered', ...changing, go: lookUp('234B567893') },
  { name: 'change-unknown', ...changing, go: lookUp('999Z999999') },
  { name: 'change-unreachable', ...changing, query: '&offline=1', go: lookUp('234B567890') },
  { name: 'queue', scene: 'clerk' },
  {
    name: 'queue-entered',
    scene: 'clerk',
    go: all(press('link', 'Nächsten öffnen'), press('button', 'Nummern stimmen überein'), press('button', 'Im Fachverfahren gespeichert'), (page) => page.getByText('567E890121').waitFor(), press('link', 'Zurück, ohne zu bestätigen'), (page) => page.getByText('noch nicht vernichtet').first().waitFor()),
  },
  { name: 'entry', scene: 'clerk', go: press('link', 'Nächsten öffnen') },
  { name: 'entry-values', scene: 'clerk', go: all(press('link', 'Nächsten öffnen'), press('button', 'Nummern stimmen überein'), downTo(3)) },
  { name: 'entry-author-left', scene: 'clerk', query: '&left=1', go: press('link', 'Nächsten öffnen') },
  { name: 'entry-copy', scene: 'clerk', go: all(press('link', 'Nächsten öffnen'), press('button', 'Nummern stimmen überein'), press('button', 'Auskunft drucken …'), (page) => page.locator('article').waitFor()) },
  { name: 'entry-mask', scene: 'clerk', query: '&mask=1', go: all(press('link', 'Nächsten öffnen'), press('button', 'Nummern stimmen überein'), downTo(5)) },
  { name: 'entry-answered', scene: 'clerk', query: '&questions=1', go: press('link', 'Bogen 2 öffnen') },
  { name: 'entry-problem', scene: 'clerk', go: all(press('link', 'Nächsten öffnen'), press('button', 'Problem …'), (page) => page.locator('#problem-slip').check()) },
  { name: 'queue-questions', scene: 'clerk', query: '&questions=1' },
  { name: 'notes', scene: 'counsellor', query: '&questions=1', hash: '/rueckfragen' },
  { name: 'notes-empty', scene: 'counsellor', hash: '/rueckfragen' },
  { name: 'notes-waiting', scene: 'counsellor', query: '&questions=1' },
  {
    name: 'entry-mig',
    scene: 'clerk',
    query: '&mask=1',
    go: all(press('link', 'Nächsten öffnen'), press('button', 'Nummern stimmen überein'), press('button', 'Im Fachverfahren gespeichert'), (page) => page.getByText('nach und wählen Sie').waitFor()),
  },
  { name: 'entry-opened-before', scene: 'clerk', go: press('link', 'Bogen 3 öffnen') },
  { name: 'entry-held', scene: 'clerk', go: press('link', 'Bogen 4 öffnen') },
  { name: 'entry-replaces', scene: 'clerk', query: '&more=1', go: press('link', 'Bogen 3 öffnen') },
  { name: 'entry-other-team', scene: 'clerk', query: '&other=1', go: all(press('link', 'Nächsten öffnen'), (page) => page.getByRole('button', { name: 'Weiterleiten' }).waitFor()) },
  { name: 'ledger-clerk', scene: 'clerk', go: press('link', 'Vernichtungsprotokoll') },
  { name: 'entry-awaits-number', scene: 'clerk', go: press('link', 'Bogen 5 öffnen') },
  { name: 'distribute', scene: 'team_leader', go: (page) => page.getByText('Wer erfasst was?').waitFor() },
  { name: 'distribute-by-hand', scene: 'team_leader', query: '&hand=1', go: press('button', /nach Quote verteilen/) },
  { name: 'distribute-away', scene: 'team_leader', query: '&away=1', go: (page) => page.getByText('wieder da am 23.03.2026').waitFor() },
  { name: 'distribute-nobody', scene: 'team_leader', query: '&noclerk=1', go: (page) => page.getByText('noch keine Sachbearbeitung').waitFor() },
  { name: 'distribute-change', scene: 'team_leader', go: all(press('button', /ändern: Nadia Rahimi/), (page) => page.getByLabel('Abwesend').check(), press('button', 'Speichern'), (page) => page.getByText('Bitte geben Sie einen Tag nach heute').waitFor()) },
  { name: 'distribute-move', scene: 'team_leader', go: all(press('button', 'Umverteilen …'), press('button', /^Umverteilen$/), (page) => page.getByText('Bitte geben Sie eine Zahl von 1 bis').waitFor()) },
  { name: 'distribute', scene: 'team_leader' },
  { name: 'report', scene: 'team_leader', hash: '/datenqualitaet', go: reported },
  { name: 'report-year', scene: 'admin', hash: '/datenqualitaet', go: all((page) => page.locator('#report-span').selectOption('53'), (page) => page.getByRole('cell', { name: 'unter 10' }).nth(8).waitFor()) },
  { name: 'report-empty', scene: 'team_leader', query: '&empty=1', hash: '/datenqualitaet', go: (page) => page.getByText('nichts übergeben und nichts erfasst').waitFor() },
  { name: 'report-small-team', scene: 'team_leader', query: '&teams=small', hash: '/datenqualitaet', go: (page) => page.getByText('Berichte gibt es für Teams ab 5 Mitgliedern').waitFor() },
  { name: 'office', scene: 'admin', hash: '/verwalten' },
  { name: 'office-mask', scene: 'admin', hash: '/verwalten', query: '&mask=1', go: (page) => page.locator('#mask').evaluate((heading) => heading.scrollIntoView()) },
  { name: 'office-mask-preview', scene: 'admin', hash: '/verwalten', go: all(changeMask('format = 1\nmig = true'), (page) => page.locator('#mask').evaluate((heading) => heading.scrollIntoView())) },
  { name: 'office-mask-error', scene: 'admin', hash: '/verwalten', go: all(changeMask('[[field]]'), (page) => page.locator('#mask-text').evaluate((field) => field.scrollIntoView())) },
  { name: 'office-change', scene: 'admin', hash: '/verwalten', go: press('button', 'Aufgaben ändern: Mehmet Kaya') },
  { name: 'office-revoke-last', scene: 'admin', query: '&last=1', hash: '/verwalten', go: all(press('button', 'Zugang entziehen: Mehmet Kaya'), (page) => page.locator('dialog[open] .kern-btn--primary').click(), (page) => page.getByText('Niemand sonst').waitFor()) },
  { name: 'office-revoke', scene: 'admin', hash: '/verwalten', go: press('button', 'Zugang entziehen: Mehmet Kaya') },
  { name: 'office-keys', scene: 'admin', hash: '/verwalten', go: (page) => page.locator('#teams').evaluate((heading) => heading.scrollIntoView()) },
  { name: 'office-key-renew', scene: 'admin', hash: '/verwalten', go: press('button', 'Schlüssel wechseln: Leistung Nord') },
  { name: 'office-key-destroy', scene: 'admin', hash: '/verwalten', go: all(press('button', 'Schlüssel 1 von Leistung Nord vernichten'), (page) => page.locator('dialog[open] .kern-btn--primary').click(), (page) => page.locator('dialog[open] strong').waitFor()) },
  { name: 'office-devices', scene: 'admin', query: '&fleet=1', hash: '/verwalten', go: (page) => page.getByText('Nicht prüfbar').scrollIntoViewIfNeeded() },
  { name: 'office-revoke-empty', scene: 'admin', query: '&fleet=1', hash: '/verwalten', go: all(press('button', 'Zugang entziehen: Mehmet Kaya'), (page) => page.getByText('nichts mehr auf ihm liegt').waitFor()) },
  { name: 'asked-to-deliver', scene: 'counsellor', query: '&asked=1' },
  { name: 'hand-in', scene: 'counsellor', hash: '/einstellungen/geraet-abgeben' },
  { name: 'hand-in-left', scene: 'counsellor', query: '&more=1', hash: '/einstellungen/geraet-abgeben', go: all(press('button', 'Prüfen und erklären'), (page) => page.getByText('liegt noch etwas').first().waitFor()) },
  { name: 'hand-in-done', scene: 'counsellor', query: '&empty=1', hash: '/einstellungen/geraet-abgeben', go: all(press('button', 'Prüfen und erklären'), (page) => page.getByText('Prüfsumme der Erklärung').first().waitFor()) },
  { name: 'work-errors', scene: 'admin', hash: '/verwalten', go: all(press('button', 'Regel hinzufügen'), (page) => page.locator('#days-2').fill('3'), (page) => page.locator('#rule-2').fill('ABC'), (page) => page.locator('section[aria-labelledby=work] form > div:last-child button').click(), (page) => page.locator('#rule-2-error').waitFor()) },
  { name: 'distribute-late', scene: 'team_leader', query: '&late=1', hash: '/verteilen' },
  { name: 'queue-ten-thousand', scene: 'clerk', query: '&queue=10000', hash: '/erfassen' },
  { name: 'queue-late', scene: 'clerk', query: '&late=1', hash: '/erfassen' },
  { name: 'certify', scene: 'team_leader', hash: '/verwalten/wurzelschluessel', go: (page) => page.locator('#lost').selectOption({ label: 'Tom Albers' }) },
  { name: 'certify-errors', scene: 'team_leader', hash: '/verwalten/wurzelschluessel', go: all((page) => page.locator('#share-1').fill('bogen-r1-1-AAAA'), (page) => page.locator('#share-2').fill('x'), press('button', 'Übernehmen'), (page) => page.locator('#share-2-error').waitFor()) },
  { name: 'certify-done', scene: 'team_leader', hash: '/verwalten/wurzelschluessel', go: all((page) => page.locator('#share-1').fill('bogen-r1-1-AAAA'), (page) => page.locator('#share-2').fill('bogen-r1-2-BBBB'), press('button', 'Übernehmen'), (page) => page.getByText('Sie verwalten jetzt').waitFor()) },
  { name: 'office-unsigned', scene: 'all', hash: '/verwalten' },
  { name: 'invite', scene: 'admin', hash: '/verwalten/einladen' },
  {
    name: 'invited',
    scene: 'admin',
    hash: '/verwalten/einladen',
    go: async (page) => {
      await page.locator('#name').fill('Aylin Demir');
      await page.getByLabel('Sachbearbeitung').check();
      await press('button', 'Einladung erstellen')(page);
      await page.getByText('bogen-einladung').waitFor();
    },
  },
  { name: 'settings', scene: 'counsellor', hash: '/einstellungen' },
  { name: 'settings-pin', scene: 'counsellor', query: '&pin=counsellor', hash: '/einstellungen' },
  { name: 'settings-errors', scene: 'counsellor', hash: '/einstellungen', go: all((page) => page.locator('#pin').fill('1234'), press('button', 'PIN setzen'), (page) => page.getByRole('alert').waitFor()) },
  { name: 'help', scene: 'counsellor', hash: '/hilfe' },
  { name: 'help-newer-version', scene: 'counsellor', query: '&newer', hash: '/hilfe' },
  { name: 'help-all', scene: 'all', hash: '/hilfe' },
  { name: 'closing-waits', scene: 'counsellor', query: '&empty=1&waits=4', hash: '/feierabend' },
  { name: 'handover-waits', scene: 'counsellor', query: '&waits=4', hash: '/uebergeben' },
  { name: 'reconcile', scene: 'counsellor', hash: '/mig/abgleich' },
  { name: 'reconcile-found', scene: 'counsellor', hash: '/mig/abgleich', go: all((page) => page.locator('#list').fill(`${Array.from({ length: 40 }, (_, index) => `123A4567${10 + index}`).join('\n')}\n?`), press('button', 'Abgleichen'), (page) => page.locator('dl').waitFor()) },
  { name: 'recover', scene: 'locked', go: press('button', 'Kennsatz vergessen') },
  { name: 'recover-errors', scene: 'locked', go: all(press('button', 'Kennsatz vergessen'), (page) => page.locator('#share-1').fill('bogen-r1-1-AAAA'), (page) => page.locator('#passphrase').fill('kurz'), press('button', 'Neuen Kennsatz setzen'), (page) => page.locator('#again-error').waitFor()) },
  { name: 'recover-drill', scene: 'locked', go: all(press('button', 'Kennsatz vergessen'), (page) => page.getByText('Probe: Würde es gehen?').click(), (page) => page.locator('#share-1').fill('bogen-r1-1-AAAA'), (page) => page.locator('#share-2').fill('bogen-r1-2-BBBB'), press('button', 'Probe machen'), (page) => page.getByText('Ergebnis der Probe').waitFor()) },
  { name: 'take-over', scene: 'counsellor', hash: '/einstellungen/vertretung' },
  { name: 'take-over-sure', scene: 'counsellor', hash: '/einstellungen/vertretung', go: all((page) => page.locator('#share-1').fill('bogen-r1-1-AAAA'), (page) => page.locator('#share-2').fill('bogen-r1-2-BBBB'), press('button', 'Übernehmen'), (page) => page.getByText('Es lässt sich nicht zurücknehmen').waitFor()) },
  { name: 'take-over-done', scene: 'counsellor', hash: '/einstellungen/vertretung', go: all((page) => page.locator('#share-1').fill('bogen-r1-1-AAAA'), (page) => page.locator('#share-2').fill('bogen-r1-2-BBBB'), press('button', 'Übernehmen'), (page) => page.locator('dialog[open] .kern-btn--primary').click(), (page) => page.getByText('Sie vertreten').waitFor()) },
  { name: 'unlock-pin', scene: 'locked', query: '&pin=counsellor' },
  { name: 'unlock-pin-wrong', scene: 'locked', query: '&pin=counsellor', go: all((page) => page.locator('#pin').fill('9999'), (page) => page.locator('#pin').press('Enter'), (page) => page.getByText('Noch 2 Versuche').waitFor()) },
  { name: 'no-demo', scene: 'counsellor', query: '&demo=0' },
  { name: 'problem', scene: 'counsellor', hash: '/bg/unknown' },
];
