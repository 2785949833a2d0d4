// What everybody does in a browser, whatever the pages are for.
import { expect } from './test.js';

export class Person {
  /**
   * @param {import('@playwright/test').Page} page the browser's page
   * @param {object} person who it is
   * @param {object} words what the pages say, in one language
   */
  constructor(page, person, words) {
    this.page = page;
    this.person = person;
    this.words = words;
  }

  button(name) {
    return this.page.getByRole('button', { name, exact: true });
  }

  link(name) {
    return this.page.getByRole('link', { name, exact: true });
  }

  field(label) {
    return this.page.getByLabel(label, { exact: true });
  }

  /** Waits for a page, which must fit its window. */
  async arriveAt(title) {
    await expect(this.page.getByRole('heading', { level: 1, name: title, exact: true })).toBeVisible();
    const overhang = () => this.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    await expect.poll(overhang, `${title} fits the window`).toBeLessThanOrEqual(0);
  }
}
