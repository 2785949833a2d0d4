// Looks at states of pages as axe does, and for slips that were made before: what is wrong is told with its state, all at
// once.
import AxeBuilder from '@axe-core/playwright';

/** The rules of WCAG 2.2 AA and axe's own advice. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Sentences that say "截止" twice, and notices whose mark has another colour than they have. */
function slips() {
  const texts = [...document.querySelectorAll('p, li, dt, dd, h1, h2, h3, label')].map(({ innerText }) => innerText);
  const colour = (element, property) => getComputedStyle(element)[property];
  const marks = [...document.querySelectorAll('.notice > .notice-mark')];
  return [
    ...texts.filter((text) => /截止[^。，；\n]*截止/.test(text)),
    ...marks
      .filter((mark) => colour(mark, 'backgroundColor') !== colour(mark.parentElement, 'borderInlineStartColor'))
      .map((mark) => `the mark of ${mark.parentElement.innerText}`),
  ];
}

/** `see` checks the page as it stands; `wrong` holds what it found, `states` what it looked at. */
export function inspector(page) {
  const [states, wrong] = [[], []];
  const see = async (name) => {
    // A state is looked at when it has come to rest: what fades in has too little contrast for a moment. What turns while
    // something goes on has no end.
    await page.evaluate(() => {
      const ending = document.getAnimations().filter(({ effect }) => effect.getComputedTiming().endTime !== Infinity);
      return Promise.all(ending.map((animation) => animation.finished.catch(() => {})));
    });
    const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
    states.push(name);
    wrong.push(...(await page.evaluate(slips)).map((slip) => `${name}: ${slip}`));
    wrong.push(...violations.map(({ id, nodes }) => `${name}: ${id}: ${nodes.map(({ html }) => html).join(' | ')}`));
  };
  return { see, states, wrong };
}

/** Where pictures of the pages go, for a person to look at; none where it is not set. */
const PICTURES = process.env.GRADPHOTO_PICTURES;

/** Checks a page with axe once it is loaded, and takes its picture where that is wanted, under a name with this prefix. */
export function watcher(page, prefix) {
  const { see, wrong } = inspector(page);
  const look = async (name) => {
    await page.locator('.skeleton').first().waitFor({ state: 'detached' });
    await see(name);
    if (PICTURES) {
      await page.screenshot({ path: `${PICTURES}/${prefix}-${name}.png`, fullPage: true, animations: 'disabled' });
    }
  };
  return { look, wrong };
}
