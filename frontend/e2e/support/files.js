// Pictures that the browser draws.

/** A picture of nothing but light blue, made by the browser. */
export async function emptyPicture(page) {
  const address = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [600, 800];
    const context = canvas.getContext('2d');
    context.fillStyle = 'lightblue';
    context.fillRect(0, 0, canvas.width, canvas.height);
    return canvas.toDataURL('image/jpeg', 0.95);
  });
  const buffer = Buffer.from(address.split(',')[1], 'base64');
  return { name: 'empty.jpg', mimeType: 'image/jpeg', buffer };
}
