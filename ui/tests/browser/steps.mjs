/** Waits for the heading of a view. */
export const heading = (page, text) => page.getByRole('heading', { level: 1, name: text }).waitFor();

/** Presses keys that answer, and waits for the next screen after each. */
export async function answer(page, keys) {
  for (const key of keys) {
    const before = await page.locator('h1').textContent();
    await page.keyboard.press(key);
    await page.waitForFunction((text) => document.querySelector('h1')?.textContent !== text, before);
  }
}

/** From the list to somebody's form, past the introduction if there is one. */
export async function beginForm(page, unit, link) {
  await page.getByRole('link', { name: unit }).click();
  await page.getByRole('link', { name: link }).click();
  await page.getByRole('button', { name: 'Weiter', exact: true }).click();
}
