import { test, newBoard, pour, introduce, expect } from './world.ts'
import { Gauge } from './gauge.ts'
import { Hand } from './hand.ts'
import { knock, Stranger } from './crowd.ts'
test('profile', async ({ visit, request }) => {
  const N = Number(process.env['N'] ?? 1000), what = process.env['WHAT'] ?? 'pan'
  const board = await newBoard(request)
  const cols = Math.ceil(Math.sqrt(N * 1.64))
  const all = Array.from({ length: N }, (_, i) => ({ text: `${i} Why do people leave in the first week?`, color: ['yellow', 'blue', 'pink'][i % 3], x: (i % cols) * 210, y: Math.floor(i / cols) * 210 }))
  for (let i = 0; i < N; i += 1000) await pour(request, board, all.slice(i, i + 1000))
  const page = await visit(board.edit_url, { viewport: { width: 1440, height: 900 } })
  await introduce(page, 'Ana')
  await expect(page.locator('#save-state')).toHaveText('Saved')
  const gauge = await Gauge.of(page)
  const hand = new Hand(gauge.session)
  await hand.move({ x: 720, y: 420 })
  const zoomOf = () => page.evaluate(() => new DOMMatrixReadOnly(document.getElementById('plane')!.style.transform).a)
  const zoomTo = async (z: number) => { for (let i = 0; i < 200; i++) { const t = Math.log(z / await zoomOf()) / 0.01; if (Math.abs(t) < 2) return; await hand.wheel(0, -Math.max(-24, Math.min(24, t)), true); await page.evaluate(() => new Promise((d) => requestAnimationFrame(d))) } }
  if (what !== 'zoom' && what !== 'panall') await zoomTo(what.includes('100') ? 0.48 : 0.7)
  await page.waitForTimeout(1500)
  if (what.includes('100')) { await page.keyboard.press('Control+a') }
  const mid = await page.evaluate(() => { const m = [...document.querySelectorAll('#plane > .note')].map((n) => { const r = n.getBoundingClientRect(); return { x: r.x + r.width / 2, y: r.y + r.height / 2 } }); return m.sort((a, b) => Math.hypot(a.x - 720, a.y - 420) - Math.hypot(b.x - 720, b.y - 420))[0] })
  const s = gauge.session
  const events: any[] = []
  const crowd: Stranger[] = []
  if (what.includes('cursors')) {
    const door = await knock(board.edit_url)
    for (let i = 0; i < 300; i++) crowd.push(await Stranger.join(door, `pointer${i}x`.padEnd(20, '0')))
    crowd.forEach((one, i) => { let t = i; one.often(10, () => { t += 0.2; one.point((Math.sin(t) + 1) * 1000 + 3000, (Math.cos(t) + 1) * 700 + 2000) }) })
    await page.waitForTimeout(2000)
  }
  s.on('Tracing.dataCollected', (e) => events.push(...e.value))
  if (process.env['TRACE']) await s.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: ['devtools.timeline', 'blink', 'cc', 'v8'] } } as any)
  else { await s.send('Profiler.enable'); await s.send('Profiler.setSamplingInterval', { interval: 200 }); await s.send('Profiler.start') }
  const cost = await gauge.during(async () => {
    if (what.startsWith('pan')) await hand.keep(3000, (t) => hand.wheel(Math.sin(t * 12) * 30, Math.cos(t * 12) * 30))
    if (what === 'zoom') { const d = (Math.log(80) / 0.01 / 1500) * (1000 / 60); await hand.keep(3000, (t) => hand.wheel(0, t < 0.5 ? -d : d, true)) }
    if (what.startsWith('drag')) { await hand.move(mid!); await hand.press(); await hand.keep(3000, (t) => hand.move({ x: mid!.x + Math.sin(t * 12) * 200, y: mid!.y + Math.sin(t * 17) * 150 })); await hand.release() }
  })
  console.log(what, N, cost, await gauge.elements())
  for (const c of crowd) c.leave()
  const frames = cost.fps * 3
  if (process.env['TRACE']) {
    const done = new Promise((d) => s.once('Tracing.tracingComplete', d as any)); await s.send('Tracing.end'); await done
    const main = events.find((e) => e.name === 'thread_name' && e.args.name === 'CrRendererMain' && events.some((x) => x.tid === e.tid && x.pid === e.pid && x.name === 'FireAnimationFrame'))
    const sum = new Map<string, [number, number]>()
    for (const e of events) if (e.ph === 'X' && e.tid === main.tid && e.pid === main.pid) { const [n, t] = sum.get(e.name) ?? [0, 0]; sum.set(e.name, [n + 1, t + (e.tdur ?? e.dur ?? 0)]) }
    console.log([...sum].sort((a, b) => b[1][1] - a[1][1]).slice(0, 40).map(([k, [n, t]]) => `${k} n=${n} ${(t / 1000 / frames).toFixed(3)}ms/f`).join('\n'))
  } else {
    const { profile } = await s.send('Profiler.stop')
    const self = new Map<string, number>(); const byId = new Map(profile.nodes.map((n) => [n.id, n]))
    profile.samples!.forEach((id, i) => { const n = byId.get(id)!; const k = `${n.callFrame.functionName || '(anon)'} ${n.callFrame.url.split('/').at(-1)}:${n.callFrame.lineNumber + 1}`; self.set(k, (self.get(k) ?? 0) + profile.timeDeltas![i]!) })
    console.log([...self].sort((a, b) => b[1] - a[1]).slice(0, 28).map(([k, t]) => `${k} ${(t / 1000 / frames).toFixed(3)}`).join('\n'))
  }
})
