package load

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// clockTick is the unit of processor time in /proc: a hundredth of a second on
// every Linux (proc(5), USER_HZ).
const clockTick = 10 * time.Millisecond

// stat is what /proc/PID/stat says of a process.
type stat struct {
	pid, parent int
	used        time.Duration // of its own and of children that have ended
}

// parseStat reads fields 1, 4 and 14 to 17 of proc(5). The name in field 2 may
// hold spaces and brackets, so the others are counted from its end.
func parseStat(text string) (stat, error) {
	open, end := strings.IndexByte(text, '('), strings.LastIndexByte(text, ')')
	if open < 0 || end < open {
		return stat{}, errors.New("/proc/PID/stat has another form")
	}
	fields := strings.Fields(text[end+1:])
	if len(fields) < 15 {
		return stat{}, errors.New("/proc/PID/stat is too short")
	}
	numbers := make([]int, 0, 6)
	for _, field := range append([]string{strings.TrimSpace(text[:open]), fields[1]}, fields[11:15]...) {
		n, err := strconv.Atoi(field)
		if err != nil {
			return stat{}, fmt.Errorf("read /proc/PID/stat: %w", err)
		}
		numbers = append(numbers, n)
	}
	ticks := numbers[2] + numbers[3] + numbers[4] + numbers[5]
	return stat{numbers[0], numbers[1], time.Duration(ticks) * clockTick}, nil
}

// processes reads all that run now. One that ends meanwhile is left out.
func processes() ([]stat, error) {
	files, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil || len(files) == 0 {
		return nil, errors.New("processor time is read from /proc, which only Linux has")
	}
	var all []stat
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		s, err := parseStat(string(text))
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}

// CPU is the processor time that the processes and all their descendants have
// used until now, to a hundredth of a second. A server's private Postgres and
// Redis are its descendants.
func CPU(pids []int) (time.Duration, error) {
	all, err := processes()
	if err != nil {
		return 0, err
	}
	counted := map[int]bool{}
	for _, pid := range pids {
		counted[pid] = true
	}
	for grown := true; grown; {
		grown = false
		for _, s := range all {
			if counted[s.parent] && !counted[s.pid] {
				counted[s.pid], grown = true, true
			}
		}
	}
	var sum time.Duration
	for _, s := range all {
		if counted[s.pid] {
			sum += s.used
			delete(counted, s.pid)
		}
	}
	for _, pid := range pids {
		if counted[pid] {
			return 0, fmt.Errorf("process %d does not run", pid)
		}
	}
	return sum, nil
}

// ownCPU is the processor time of this process.
func ownCPU() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0 // it takes no other arguments, so it cannot fail
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// RSS is the memory in bytes that the processes hold, without their
// descendants: Postgres's share theirs, and would be counted many times over.
func RSS(pids []int) (int64, error) {
	var sum int64
	for _, pid := range pids {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
		if err != nil {
			return 0, fmt.Errorf("read the memory of process %d: %w", pid, err)
		}
		_, after, found := strings.Cut(string(text), "VmRSS:")
		fields := strings.Fields(after)
		if !found || len(fields) == 0 {
			return 0, fmt.Errorf("process %d has ended", pid)
		}
		kib, err := strconv.ParseInt(fields[0], 10, 64)
		if err != nil {
			return 0, fmt.Errorf("read the memory of process %d: %w", pid, err)
		}
		sum += kib << 10
	}
	return sum, nil
}
