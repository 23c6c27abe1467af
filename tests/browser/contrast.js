() => {
  const read = (text) => { const c = (text.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number);
    return text.startsWith('color(srgb') ? [c[0] * 255, c[1] * 255, c[2] * 255, c[3] ?? 1] : [c[0], c[1], c[2], c[3] ?? 1]; };
  const light = (c) => { const f = c.slice(0, 3).map((v) => { v /= 255; return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
    return .2126 * f[0] + .7152 * f[1] + .0722 * f[2]; };
  const over = (top, base) => top.slice(0, 3).map((v, i) => v * top[3] + base[i] * (1 - top[3])).concat(1);
  const ground = (node) => { const stack = []; for (let n = node; n; n = n.parentElement) stack.push(read(getComputedStyle(n).backgroundColor));
    return stack.reverse().reduce((base, top) => over(top, base), [0, 0, 0, 1]); };
  const found = [];
  document.querySelectorAll('.scene.is-here *, .wall-foot *, #times *').forEach((node) => {
    const words = Array.from(node.childNodes).some((child) => child.nodeType === 3 && child.data.trim());
    if (!words || node.closest('.unseen') || node.closest('.map') || !node.getClientRects().length) return;
    const style = getComputedStyle(node), inside = node.closest('svg');
    const ink = read(inside ? style.fill : style.color), base = ground(inside ? inside.parentElement : node);
    const a = light(over(ink, base)), b = light(base), ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    const k = window.innerWidth / 1920, size = parseFloat(style.fontSize) / k, bold = Number(style.fontWeight) >= 700;
    const least = size >= 24 || (bold && size >= 18.66) ? 3 : 4.5;
    if (ratio < least - .02) found.push([Math.round(ratio * 100) / 100, node.className.baseVal ?? node.className, node.textContent.slice(0, 30)]);
  });
  return found;
}
