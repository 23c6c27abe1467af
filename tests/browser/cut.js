() => {
  const found = [];
  document.querySelectorAll('.scene.is-here *, .wall-foot *, #times *').forEach((node) => {
    if (node.closest('svg') || node.closest('.unseen') || !node.clientWidth) return;
    const words = Array.from(node.childNodes).some((child) => child.nodeType === 3 && child.data.trim());
    const said = `${node.className || node.nodeName}: ${node.textContent.slice(0, 60)}`;
    const holds = words || node.matches('.tile-body, .wall-head, .band, .stage');
    if (holds && node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).display !== 'inline') found.push('wide ' + said);
    const box = node.getBoundingClientRect(), edge = (node.closest('.cell, .band, .wall-head, .wall-foot, #times') || node).getBoundingClientRect();
    if (words && (box.bottom > edge.bottom + 3 || box.right > edge.right + 3)) found.push('outside ' + said);
    const small = parseFloat(getComputedStyle(node).fontSize) / (window.innerWidth / 1920);
    if (words && small < 17.9 && !node.closest('sup')) found.push(`small ${small} ` + said);
  });
  return found;
}
