package echo

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/gorilla/websocket"
	"github.com/lib/pq"
)

// commitPatience bounds one insertion.
const commitPatience = 30 * time.Second

// Log makes edits durable: what waits while one commit runs shares the next,
// and every edit is a row of one table.
type Log struct {
	db     *sql.DB
	insert *sql.Stmt
	queue  chan proposal
	closed chan struct{}
	seq    int64
}

// proposal is a client's frame of ops.
type proposal struct {
	room *room
	ws   *websocket.Conn
	mids []int64
	ops  []json.RawMessage
}

// OpenLog makes the table in the Postgres that address names, and commits until
// Close.
func OpenLog(ctx context.Context, address string) (*Log, error) {
	db, err := sql.Open("postgres", address)
	if err != nil {
		return nil, fmt.Errorf("open the reference's database: %w", err)
	}
	db.SetMaxOpenConns(1)
	if _, err := db.ExecContext(ctx, `CREATE TABLE bare_edits (seq BIGINT PRIMARY KEY, edit TEXT NOT NULL)`); err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("make the reference's table: %w", err)
	}
	insert, err := db.PrepareContext(ctx, `INSERT INTO bare_edits (seq, edit) SELECT * FROM unnest($1::BIGINT[], $2::TEXT[])`)
	if err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("prepare the reference's commit: %w", err)
	}
	l := &Log{db: db, insert: insert, queue: make(chan proposal, 1024), closed: make(chan struct{})}
	go l.run()
	return l, nil
}

// Close ends the log; what still waits is not answered.
func (l *Log) Close() error {
	close(l.closed)
	return l.db.Close()
}

func (l *Log) run() {
	for {
		select {
		case <-l.closed:
			return
		case first := <-l.queue:
			l.commit(l.waiting(first))
		}
	}
}

// waiting is first and all that came after it.
func (l *Log) waiting(first proposal) []proposal {
	batch := []proposal{first}
	for {
		select {
		case p := <-l.queue:
			batch = append(batch, p)
		default:
			return batch
		}
	}
}

// propose queues a frame of ops for the next commit.
func (l *Log) propose(p proposal) {
	select {
	case l.queue <- p:
	case <-l.closed:
	}
}

// commit answers nothing when the insertion fails: the clients then miss their
// acks, and the run tells of it.
func (l *Log) commit(batch []proposal) {
	first := l.seq
	var seqs []int64
	var edits []string
	for _, p := range batch {
		for _, op := range p.ops {
			l.seq++
			seqs, edits = append(seqs, l.seq), append(edits, string(op))
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), commitPatience)
	defer cancel()
	if _, err := l.insert.ExecContext(ctx, pq.Array(seqs), pq.Array(edits)); err != nil {
		return
	}
	deliver(batch, first)
}

// deliver tells each room of its edits in one frame, and then each sender.
func deliver(batch []proposal, seq int64) {
	events := map[*room]*bytes.Buffer{}
	acks := make([][]byte, len(batch))
	for i, p := range batch {
		if events[p.room] == nil {
			events[p.room] = bytes.NewBufferString(`{"type":"events","events":[`)
		}
		ack := []byte(`{"type":"ack","acks":[`)
		for j, op := range p.ops {
			seq++
			fmt.Fprintf(events[p.room], `{"seq":%d,"effect":%s},`, seq, op)
			ack = fmt.Appendf(ack, `{"mid":%d,"status":"ok","seq":%d},`, p.mids[j], seq)
		}
		acks[i] = append(bytes.TrimSuffix(ack, []byte{','}), `]}`...)
	}
	for rm, frame := range events {
		rm.mu.Lock()
		rm.everyone(append(bytes.TrimSuffix(frame.Bytes(), []byte{','}), `]}`...))
		rm.mu.Unlock()
	}
	for i, p := range batch {
		p.room.mu.Lock()
		write(p.ws, acks[i])
		p.room.mu.Unlock()
	}
}

// parseOps takes the ops of a frame apart as far as their mids.
func parseOps(frame []byte) (p proposal, err error) {
	var m struct {
		Ops []json.RawMessage `json:"ops"`
	}
	if err := json.Unmarshal(frame, &m); err != nil {
		return p, fmt.Errorf("read a frame of ops: %w", err)
	}
	p.ops = m.Ops
	for _, op := range m.Ops {
		mid, err := midOf(op)
		if err != nil {
			return p, err
		}
		p.mids = append(p.mids, mid)
	}
	return p, nil
}

// midOf reads {"mid":12,… without decoding the rest.
func midOf(op []byte) (int64, error) {
	rest, found := bytes.CutPrefix(op, []byte(`{"mid":`))
	digits, _, _ := bytes.Cut(rest, []byte{','})
	if !found {
		return 0, fmt.Errorf("an op does not begin with its mid: %.40s", op)
	}
	return strconv.ParseInt(string(digits), 10, 64)
}
