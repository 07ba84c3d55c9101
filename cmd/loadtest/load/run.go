package load

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"corkboard/auth"
)

// Times of a run.
const (
	settleWithin = 3 * time.Second // for what is under way when the load ends
	settleEvery  = 20 * time.Millisecond
	cleanWithin  = 30 * time.Second // for moving the boards to the trash
	pingEvery    = 10 * time.Second // each socket
)

// counts is since the last reset.
type counts struct {
	offered     atomic.Int64 // cursor deliveries
	receipts    atomic.Int64 // of cursors
	cursorBytes atomic.Int64
	cursorLate  histogram

	proposed atomic.Int64 // edits
	acked    atomic.Int64
	notices  atomic.Int64 // edits at other clients
	ackLate  histogram
	editLate histogram

	joined    atomic.Int64
	joinBytes atomic.Int64
	joinLate  histogram
}

func (c *counts) reset() {
	for _, n := range []*atomic.Int64{&c.offered, &c.receipts, &c.cursorBytes, &c.proposed, &c.acked, &c.notices, &c.joined, &c.joinBytes} {
		n.Store(0)
	}
	for _, h := range []*histogram{&c.cursorLate, &c.ackLate, &c.editLate, &c.joinLate} {
		h.reset()
	}
}

type room struct {
	run     *run
	board   string
	bots    int
	clients []*client
	cursors *stamps
	edits   *stamps
	editors []*editor
}

type run struct {
	plan   Plan
	target *target
	start  time.Time
	rooms  []*room
	all    []*client
	count  counts
	liveIn time.Duration
	rss    int64 // before the first socket

	mu   sync.Mutex
	lost int64
	why  []string
}

func (r *run) now() time.Duration { return time.Since(r.start) }

// Run does what the plan says and cleans up behind itself, also when the
// context ends early: then it reports what was measured until then. An error
// means that there is no measurement; what the server did wrong stands in the
// report.
func Run(ctx context.Context, p Plan, tell func(Progress)) (Report, error) {
	if err := p.Check(); err != nil {
		return Report{}, err
	}
	r := &run{plan: p, target: newTarget(p), start: time.Now()}
	report, err := r.do(ctx, tell)
	r.hangUp()
	clean, cancel := context.WithTimeout(context.WithoutCancel(ctx), cleanWithin)
	defer cancel()
	return report, errors.Join(err, r.target.trash(clean))
}

func (r *run) do(ctx context.Context, tell func(Progress)) (Report, error) {
	teller := newTeller(r, tell)
	defer teller.stop()
	teller.phase("boards")
	if err := r.makeRooms(ctx); err != nil {
		return Report{}, err
	}
	teller.phase("connect")
	if err := r.connect(ctx); err != nil {
		return Report{}, err
	}
	seen := r.watch()
	defer seen.close()
	loads, end := context.WithCancel(ctx)
	defer end()
	var working sync.WaitGroup
	r.load(loads, &working)
	teller.phase("warm-up")
	_ = sleep(ctx, r.plan.Warmup) // whoever ends it early gets what there is
	teller.phase("measure")
	report, err := r.measure(ctx)
	end()
	working.Wait()
	if err != nil {
		return Report{}, err
	}
	teller.phase("check")
	r.settle(&report)
	if report.Edits != nil {
		report.Edits.Lost = seen.compare(ctx)
	}
	r.judge(&report)
	return report, nil
}

func (r *run) makeRooms(ctx context.Context) error {
	for i := range r.plan.Rooms {
		id, err := r.target.newBoard(ctx)
		if err != nil {
			return err
		}
		bots := r.plan.perRoom(i)
		rm := &room{run: r, board: id, bots: bots, clients: make([]*client, bots)}
		rm.cursors = newStamps(senders(r.plan.Senders, bots, r.plan.Cursors), r.plan.Cursors)
		rm.edits = newStamps(senders(r.plan.Editors, bots, r.plan.Edits), r.plan.editsEach())
		r.rooms = append(r.rooms, rm)
		if err := r.fill(ctx, rm); err != nil {
			return err
		}
	}
	return nil
}

// connect opens every socket, some at a time, room by room in turns.
func (r *run) connect(ctx context.Context) (err error) {
	if len(r.plan.PIDs) > 0 {
		if r.rss, err = RSS(r.plan.PIDs); err != nil {
			return err
		}
	}
	ctx, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	seats := make(chan int)
	var dialers sync.WaitGroup
	begin := time.Now()
	for range r.plan.Dialers {
		dialers.Go(func() {
			for n := range seats {
				if err := r.seat(ctx, r.rooms[n%r.plan.Rooms], n/r.plan.Rooms); err != nil {
					fail(err)
				}
			}
		})
	}
	for n := range r.plan.Bots {
		seats <- n
	}
	close(seats)
	dialers.Wait()
	r.liveIn = time.Since(begin)
	return context.Cause(ctx)
}

func (r *run) seat(ctx context.Context, rm *room, index int) error {
	if ctx.Err() != nil {
		return nil // another one has failed
	}
	c, err := r.target.open(ctx, rm, index)
	if err != nil {
		return err
	}
	c.heard, c.told = make(newest, len(rm.cursors.senders)), make(newest, len(rm.edits.senders))
	rm.clients[index] = c
	r.mu.Lock()
	r.all = append(r.all, c)
	r.mu.Unlock()
	go func() {
		defer close(c.ended)
		r.ended(c.read())
	}()
	return nil
}

// ended notes that a socket was cut, unless it was hung up here.
func (r *run) ended(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err == nil || r.all == nil {
		return
	}
	r.lost++
	if len(r.why) < 5 {
		r.why = append(r.why, fmt.Sprintf("a socket ended: %v", err))
	}
}

// failed notes that a bot could not do its work, unless its socket was hung up.
func (r *run) failed(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err != nil && r.all != nil && len(r.why) < 5 {
		r.why = append(r.why, err.Error())
	}
}

func (r *run) hangUp() {
	r.mu.Lock()
	all := r.all
	r.all = nil
	r.mu.Unlock()
	for _, c := range all {
		_ = c.ws.Close()
	}
}

// load sets every bot to its work, out of step with each other, as people are.
func (r *run) load(ctx context.Context, working *sync.WaitGroup) {
	working.Go(func() { r.keepAlive(ctx) })
	if r.plan.Joins > 0 {
		working.Go(func() {
			if err := r.comeAndGo(ctx); ctx.Err() == nil {
				r.failed(err)
			}
		})
	}
	spread(r.rooms, func(rm *room) *stamps { return rm.cursors }, r.plan.Cursors, func(c *client, offset time.Duration) {
		working.Go(func() { _ = c.point(ctx, r.plan.Cursors, offset) }) // its reader tells of a cut
	})
	each := r.plan.editsEach()
	spread(r.rooms, func(rm *room) *stamps { return rm.edits }, each, func(c *client, offset time.Duration) {
		e := &editor{client: c, note: auth.NewID("n")}
		c.room.editors = append(c.room.editors, e)
		working.Go(func() { r.failed(e.edit(ctx, each, offset)) })
	})
}

// comeAndGo has one client after the other join, on each board in turn.
func (r *run) comeAndGo(ctx context.Context) error {
	n := 0
	return pace(ctx, r.plan.Joins, 0, func() error {
		n++
		return r.visit(ctx, r.rooms[n%len(r.rooms)])
	})
}

// spread calls do with every sender and when it begins, so that they follow
// each other evenly within one interval.
func spread(rooms []*room, of func(*room) *stamps, perSecond float64, do func(*client, time.Duration)) {
	all := 0
	for _, rm := range rooms {
		all += len(of(rm).senders)
	}
	n := 0
	for _, rm := range rooms {
		for i := range of(rm).senders {
			do(rm.clients[i], time.Duration(float64(time.Second)/perSecond*float64(n)/float64(all)))
			n++
		}
	}
}

// keepAlive has every socket say something at least every ten seconds, as
// browsers do, one after the other.
func (r *run) keepAlive(ctx context.Context) {
	r.mu.Lock()
	all := r.all
	r.mu.Unlock()
	n := 0
	_ = pace(ctx, float64(len(all))/pingEvery.Seconds(), 0, func() error {
		_ = all[n%len(all)].send([]byte(`{"type":"ping"}`)) // its reader tells of a cut
		n++
		return nil
	})
}

func (r *run) measure(ctx context.Context) (Report, error) {
	r.count.reset()
	begin := time.Now()
	before, err := r.cpu()
	own := ownCPU()
	if err != nil {
		return Report{}, err
	}
	_ = sleep(ctx, r.plan.For) // whoever ends it early gets what there is
	took := time.Since(begin)
	after, err := r.cpu()
	if err != nil {
		return Report{}, err
	}
	report := r.measured(took, after-before, ownCPU()-own)
	if report.Server != nil {
		if report.Server.RSS, err = RSS(r.plan.PIDs); err != nil {
			return Report{}, err
		}
		report.Server.PerSocket = float64(report.Server.RSS-r.rss) / float64(r.plan.Bots)
	}
	return report, nil
}

func (r *run) cpu() (time.Duration, error) {
	if len(r.plan.PIDs) == 0 {
		return 0, nil
	}
	return CPU(r.plan.PIDs)
}

// settle waits for what is under way, and says what is missing.
func (r *run) settle(report *Report) {
	cursors, edits := r.missing()
	for end := time.Now().Add(settleWithin); cursors+edits > 0 && r.whole() && time.Now().Before(end); cursors, edits = r.missing() {
		time.Sleep(settleEvery)
	}
	if report.Cursors != nil {
		report.Cursors.Missing = cursors
	}
	if report.Edits != nil {
		report.Edits.Missing = edits
	}
	if cursors+edits > 0 {
		r.failed(fmt.Errorf("%d cursors and %d edits never reached somebody", cursors, edits))
	}
}

func (r *run) judge(report *Report) {
	r.mu.Lock()
	defer r.mu.Unlock()
	report.Lost, report.Wrong = r.lost, append(report.Wrong, r.why...)
}

// whole tells that no socket was cut: what one of those misses never comes.
func (r *run) whole() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.lost == 0
}

// missing is how much has not come to those who should see it.
func (r *run) missing() (cursors, edits int64) {
	for _, rm := range r.rooms {
		for _, c := range rm.clients {
			cursors += c.heard.missing(rm.cursors, c.index)
			edits += c.told.missing(rm.edits, c.index)
		}
	}
	return cursors, edits
}
