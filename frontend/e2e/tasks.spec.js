// The console: a school and its collection are made, published and printed as a poster, which leads a student there.
import { generateKeyPairSync } from 'node:crypto';
import { watcher } from './support/axe.js';
import { DESKTOP, PHONE_BROWSER } from './support/browser.js';
import { Colleague, staff } from './support/colleague.js';
import { people } from './support/people.js';
import { advanceClock, control, origin, sandbox } from './support/product.js';
import { Student } from './support/student.js';
import { expect, test } from './support/test.js';

const HOUR = 3600;
const DAY_MS = 86_400_000;
/** A confirmed second factor is fresh for ten minutes. */
const STALE_S = 660;
/** China is so far ahead of UTC. */
const CHINA_MS = 8 * 3_600_000;

/** Two students, and one whose number is mistyped. */
const ROSTER = `姓名,证件类型,证件号,学历层次,学号,学院
林一帆,居民身份证,110102199702280014,本科,2310601001,海洋学院
周二舟,居民身份证,440524188001010014,本科,2310601002,海洋学院
吴三江,居民身份证,110102199702280015,本科,2310601003,海洋学院
`;

/** Two schools of the Ministry's list, and one whose code is mistyped. */
const MINISTRY = `序号,学校名称,学校标识码,主管部门
1,湖滨大学,4137099011,教育部
2,江滨大学,4137099012,教育部
3,内陆大学,413709901,教育部
`;

/** A moment as a field for day and time takes it, by China's clock. */
const typed = (ms) => new Date(ms + CHINA_MS).toISOString().slice(0, 16);

test.beforeEach(() => advanceClock(HOUR));

test.describe('on a desktop', () => {
  test.use({ ...DESKTOP, locale: 'zh-CN' });

  test('an operator makes a school and a collection, and its poster leads a student there', async ({ page, browser }) => {
    const { look, wrong } = watcher(page, '1280-zh');
    const operator = new Colleague(page, staff.operator);
    await operator.logIn();
    await operator.link('学校').click();
    await operator.arriveAt('学校');
    await look('schools');

    await test.step('the Ministry\'s list, looked through and then taken', async () => {
      await operator.button('导入教育部名单').click();
      await operator.field('名单文件').setInputFiles({ name: '名单.csv', mimeType: 'text/csv', buffer: Buffer.from(MINISTRY) });
      await operator.button('检查文件').click();
      await expect(page.getByText('第 4 行 内陆大学：学校代码或标识码格式错误')).toBeVisible();
      await look('school-list');
      await operator.button('新建 2 所学校').click();
      await expect(page.getByText('已新建 2 所学校。')).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(page.getByRole('row', { name: /湖滨大学/ })).toBeVisible();
    });

    await test.step('a school', async () => {
      await operator.button('新建学校').click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: '保存', exact: true }).click();
      await expect(dialog.getByRole('textbox', { name: '名称' })).toHaveAttribute('aria-invalid', 'true');
      await look('school-wrong');
      await operator.field('名称').fill('海滨大学');
      await operator.field('教育部院校代码').fill('99001');
      await operator.field('别名').fill('海大\n海滨大学本部');
      await operator.field('学校联系方式').fill('教务处 0532-1234567');
      await dialog.getByRole('button', { name: '保存', exact: true }).click();
      await expect(dialog).toHaveCount(0);
      await page.getByRole('row', { name: /海滨大学/ }).click();
      await expect(page.getByRole('complementary')).toContainText('海滨大学');
      await look('school');
    });

    await test.step('its own merchant accounts, with a fresh code; their keys are not shown', async () => {
      const panel = page.getByRole('complementary');
      const form = panel.locator('details[open]');
      const pair = () => generateKeyPairSync('rsa', {
        modulusLength: 2048,
        privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
        publicKeyEncoding: { type: 'spki', format: 'pem' },
      });
      const [keys, provider] = [pair(), pair()];
      const give = async (at, fields) => {
        await panel.getByText(`设置${at}账户或更换密钥`).click();
        for (const [label, value] of Object.entries(fields)) {
          await form.getByLabel(label).fill(value);
        }
        await form.getByRole('button', { name: '保存账户' }).click();
      };
      await advanceClock(STALE_S);
      await give('微信支付', {
        '商户号（mchid）': '1900000777', '应用编号（appid）': 'wx8888888888888777', '商户 API 证书序列号': '7A'.repeat(20),
        '商户 API 私钥（PEM）': keys.privateKey, 'APIv3 密钥': 'abcdefghijklmnopqrstuvwxyz012345',
        '微信支付公钥 ID': 'PUB_KEY_ID_0119000007772026', '微信支付公钥（PEM）': provider.publicKey,
      });
      await operator.confirm();
      await expect(panel.getByText('已保存，新的支付使用这个账户。')).toBeVisible();
      await expect(form.getByLabel('商户 API 私钥（PEM）')).toHaveValue('');
      await look('merchant-wechat');
      await panel.getByText('设置微信支付账户或更换密钥').click();
      await give('支付宝', {
        '应用编号（APPID）': '2021000000000777', 卖家编号: '2088000000000777', '应用私钥（PEM）': keys.privateKey,
        '支付宝公钥（PEM）': provider.publicKey,
      });
      await expect(panel.getByText('2021000000000777').first()).toBeVisible();
      await page.goto('/console/schools');
      await page.getByRole('row', { name: /海滨大学/ }).click();
      await expect(panel.getByText('1900000777').first()).toBeVisible();
      await expect(panel.getByText('2021000000000777').first()).toBeVisible();
      const secret = keys.privateKey.split('\n')[1];
      expect(await page.content()).not.toContain(secret);
      for (const left of [1, 0]) {
        await panel.getByRole('button', { name: '停用账户' }).first().click();
        await page.getByRole('dialog').getByRole('button', { name: '停用账户' }).click();
        await expect(page.getByRole('dialog')).toHaveCount(0);
        await expect(panel.getByRole('button', { name: '停用账户' })).toHaveCount(left);
      }
      await expect(panel.getByText('停用时间')).toHaveCount(2);
    });

    await test.step('a collection, as a draft', async () => {
      await page.getByRole('complementary').getByRole('link', { name: '采集任务' }).click();
      await operator.arriveAt('采集任务');
      await look('tasks-none');
      await operator.link('新建任务').click();
      await operator.arriveAt('新建采集任务');
      await operator.button('保存设置').click();
      await expect(operator.field('任务名称')).toHaveAttribute('aria-invalid', 'true');
      await expect(page.getByText('请填写开始时间和截止时间')).toHaveCount(2);
      await expect(page.getByText('接口文档'), 'an officer reads no document of the API').toHaveCount(0);
      const now = await advanceClock(0);
      await operator.field('任务名称').fill('2027 届毕业生图像采集');
      await operator.field('开始时间（北京时间）').fill(typed(now - DAY_MS));
      await operator.field('截止时间（北京时间）').fill(typed(now + 30 * DAY_MS));
      await operator.field('参加对象（中文）').fill('2027 届全体毕业生');
      await operator.field('参加对象（英文）').fill('All graduates of 2027');
      await operator.field('学生咨询方式').fill('教务处 0532-1234567');
      await look('task-new');
      await operator.button('保存设置').click();
      await operator.arriveAt('2027 届毕业生图像采集');
      await expect(page.getByText('草稿', { exact: true })).toBeVisible();
      const rail = page.getByRole('navigation', { name: '导航' });
      await expect(rail, 'the rail stays with the school').toContainText('海滨大学');
      await expect(rail.getByRole('link', { name: '采集任务' })).toBeVisible();
    });

    await test.step('the students\' pages under these settings, and the settings as a template', async () => {
      const opened = page.waitForEvent('popup');
      await operator.button('预览学生页面').click();
      const preview = await opened;
      const shown = watcher(preview, '1280-zh-preview');
      const go = (name) => preview.getByRole('navigation', { name: '预览' }).getByRole('link', { name }).click();
      await expect(preview.getByText('2027 届全体毕业生')).toBeVisible();
      await shown.look('task');
      await go('核验身份');
      await expect(preview.locator('#document-number')).toBeVisible();
      await go('照片');
      await expect(preview.getByRole('heading', { name: '照片', exact: false }).first()).toBeVisible();
      await go('确认');
      await expect(preview.getByText('李华').first()).toBeVisible();
      await shown.look('confirm');
      await preview.close();
      wrong.push(...shown.wrong);
      await page.getByText('存为模板').click();
      await operator.field('模板名称').fill('每年一次');
      await operator.button('保存模板').click();
      await expect(page.getByText('模板已保存，新建任务时可以选用。')).toBeVisible();
    });

    await test.step('what it lacks is named where it is published', async () => {
      await operator.field('学生咨询方式').fill('');
      await operator.button('保存设置').click();
      await expect(page.getByText('已保存。')).toBeVisible();
      await operator.button('发布任务').click();
      await page.getByRole('dialog').getByRole('button', { name: '发布任务' }).click();
      await expect(page.getByRole('alert')).toContainText('请填写学生可以咨询的电话或邮箱。');
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await operator.field('学生咨询方式').fill('教务处 0532-1234567');
      const saved = page.waitForResponse((answer) => answer.request().method() === 'PATCH');
      await operator.button('保存设置').click();
      expect((await saved).ok()).toBe(true);
      await page.reload();
      await operator.arriveAt('2027 届毕业生图像采集');
    });

    await test.step('published', async () => {
      await operator.button('发布任务').click();
      await page.getByRole('dialog').getByRole('button', { name: '发布任务' }).click();
      await expect(page.getByText('已发布', { exact: true })).toBeVisible();
      await look('task');
    });

    await test.step('closed, and opened again', async () => {
      await operator.button('结束任务').click();
      await page.getByRole('dialog').getByRole('button', { name: '结束任务' }).click();
      await expect(page.getByText('已结束', { exact: true })).toBeVisible();
      await operator.button('重新开放').click();
      await page.getByRole('dialog').getByRole('button', { name: '重新开放' }).click();
      await expect(page.getByText('已发布', { exact: true })).toBeVisible();
    });

    await test.step('a roster, looked through and then taken', async () => {
      await operator.link('导入名单').click();
      await operator.arriveAt('导入名单');
      await operator.field('名单文件').setInputFiles({ name: '名单.csv', mimeType: 'text/csv', buffer: Buffer.from(ROSTER) });
      await operator.button('上传并检查').click();
      await expect(page.getByRole('heading', { name: '待确认' })).toBeVisible();
      await expect(page.getByRole('row', { name: /新增/ })).toContainText('2');
      await page.getByText('预览前 20 行').first().click();
      await expect(page.getByRole('region', { name: '预览前 20 行' })).toContainText('林一帆');
      await look('roster-checked');
      await page.reload();
      await expect(page.getByRole('heading', { name: '待确认' }), 'it waits for who comes back').toBeVisible();
      await operator.button('导入名单').click();
      await expect(page.getByRole('heading', { name: '已导入' })).toBeVisible();
      await look('roster-imported');
      await operator.link('返回任务').click();
    });

    await test.step('who cannot be added to the roster, and which field says why', async () => {
      await page.getByRole('link', { name: '名单', exact: true }).click();
      await operator.arriveAt('名单');
      await operator.button('添加学生').click();
      const dialog = page.getByRole('dialog');
      const number = dialog.locator('#student-number');
      await dialog.locator('#student-name').fill('吴三江');
      await dialog.locator('#student-level').selectOption('ba');
      await number.fill('110102199702280015');
      await dialog.getByRole('button', { name: '保存' }).click();
      await expect(number).toHaveAttribute('aria-invalid', 'true');
      await expect(dialog.getByText(/逐位核对/).first()).toBeVisible();
      await number.fill('110102199702280014');
      await dialog.getByRole('button', { name: '保存' }).click();
      await expect(dialog.getByRole('alert').first()).toContainText('林一帆');
      await expect(number).toHaveAttribute('aria-invalid', 'true');
      await look('student-refused');
      await page.keyboard.press('Escape');
      await expect(dialog).toHaveCount(0);
      await operator.link('返回任务').click();
    });

    await test.step('the poster leads a student to it, who is on the roster', async () => {
      await operator.link('打印海报').click();
      await operator.arriveAt('海报');
      await expect(page.getByRole('img', { name: '扫码进入图像采集' })).toBeVisible();
      await look('poster');
      const link = await page.locator('.poster-link').textContent();
      const device = await browser.newContext({ ...PHONE_BROWSER, baseURL: origin });
      const student = new Student(await device.newPage(), people.listed);
      await student.page.goto(link);
      await expect(student.page.getByText('海滨大学').first()).toBeVisible();
      await expect(student.page.getByText('2027 届全体毕业生').first()).toBeVisible();
      await student.logIn();
      await student.chooseSchool();
      await student.verify();
      await device.close();
    });

    await test.step('whoever verified wrongly is found and released', async () => {
      await operator.link('查询学生').click();
      await operator.field('手机号或订单号').fill(people.listed.phone);
      await operator.button('查询').click();
      await operator.button('解除绑定').click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('原因').fill('他人误用');
      await dialog.getByRole('button', { name: '解除绑定' }).click();
      await expect(page.getByText('已解除绑定。')).toBeVisible();
      await expect(page.getByText('没有找到'), 'what was done is not told as a failure').toHaveCount(0);
    });

    await test.step('another collection, from the renamed template, takes image-capture codes', async () => {
      await page.goto('/console/schools');
      await page.getByRole('row', { name: /海滨大学/ }).click();
      await page.getByRole('complementary').getByRole('link', { name: '采集任务' }).click();
      await operator.link('新建任务').click();
      await operator.arriveAt('新建采集任务');
      await page.getByText('从模板新建').click();
      await page.getByRole('radio', { name: /每年一次/ }).check();
      await operator.field('模板的新名称').fill('每年春季');
      await operator.button('重命名模板').click();
      await page.getByRole('radio', { name: /每年春季/ }).check();
      const now = await advanceClock(0);
      const form = page.locator('details[open]');
      await form.getByLabel('任务名称').fill('凭码采集');
      await form.getByLabel('开始时间（北京时间）').fill(typed(now - DAY_MS));
      await form.getByLabel('截止时间（北京时间）').fill(typed(now + 30 * DAY_MS));
      await look('template');
      await operator.button('按模板新建').click();
      await operator.arriveAt('凭码采集');
      await page.getByRole('radio', { name: /图像采集码/ }).check();
      await operator.button('保存设置').click();
      await expect(page.getByText('已保存。')).toBeVisible();
      await operator.button('发布任务').click();
      await page.getByRole('dialog').getByRole('button', { name: '发布任务' }).click();
      await expect(page.getByText('已发布', { exact: true })).toBeVisible();
      const link = `/t/${page.url().split('/').pop().split('?')[0]}`;

      const content = { school: '99001', name: '林一帆', student_no: '2310601009', level: 'msc', id_number: '110102199702280014' };
      const issue = async (more) => (await control('capture_code', { ...content, year: new Date(now).getUTCFullYear(), ...more })).code;
      const device = await browser.newContext({ ...PHONE_BROWSER, baseURL: origin });
      const student = new Student(await device.newPage(), people.withCode);
      const seen = watcher(student.page, '360-zh');
      await student.page.goto(link);
      await student.link(student.words.toIdentity).click();
      await student.askForCode();
      await student.enterCode();
      await student.arriveAt(student.words.identityTitle);
      await seen.look('code');
      await student.page.getByLabel('或粘贴采集码文字').fill(await issue({ expires: 1 }));
      await student.button(student.words.verify).click();
      await expect(student.page.getByRole('alert')).toContainText('采集码已过期');
      await seen.look('code-expired');
      const width = await student.page.evaluate(() => document.documentElement.scrollWidth);
      expect(width, 'nothing is outside the window').toBeLessThanOrEqual(360);
      const picture = await fetch(`${sandbox}/capture-codes/picture?code=${await issue({})}`);
      await student.page.getByLabel('上传采集码图片').setInputFiles({
        name: 'code.png', mimeType: 'image/png', buffer: Buffer.from(await picture.arrayBuffer()),
      });
      await student.arriveAt(student.words.photoTitle);
      await expect(student.page.getByText('林一帆')).toBeVisible();
      await device.close();
      wrong.push(...seen.wrong);
    });
    expect(wrong).toEqual([]);
  });
});

test.describe('on a tablet', () => {
  test.use({ ...DESKTOP, viewport: { width: 800, height: 1100 }, hasTouch: true });

  test('an officer, in English, sees the collections of the school', async ({ page }) => {
    const { look, wrong } = watcher(page, '800-en');
    const officer = new Colleague(page, staff.officer, 'en');
    await officer.logIn();
    await expect(page.getByRole('heading', { name: 'Progress of collections' }), 'the start leads to it').toBeVisible();
    await officer.link('Collections').tap();
    await officer.arriveAt('Collections');
    await look('tasks');
    await page.getByRole('row').nth(1).getByRole('link').tap();
    await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
    await look('task');
    await expect(officer.link('Schools'), 'an officer manages no schools').toHaveCount(0);
    expect(wrong).toEqual([]);
  });
});
