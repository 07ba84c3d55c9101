package child

import (
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// account is the user that a server runs as.
type account struct {
	name     string
	uid, gid int
	drop     bool // this program is somebody else and has to change to it
}

// accountFor is the user that runs this program, or, for root, the owner of the folder that exists
// already, or the first of the named users that the machine has.
func accountFor(folder string, names ...string) (account, error) {
	if uid := os.Geteuid(); uid != 0 {
		return account{name: userName(uid), uid: uid, gid: os.Getegid()}, nil
	}
	if info, err := os.Stat(folder); err == nil {
		if uid, gid := owner(info); uid != 0 {
			return account{name: userName(uid), uid: uid, gid: gid, drop: true}, nil
		}
	}
	for _, name := range names {
		if a, err := lookup(name); err == nil {
			return a, nil
		}
	}
	return account{}, fmt.Errorf("root may not run it and there is no user called %s: "+
		"start Corkboard as an ordinary user", names[0])
}

func lookup(name string) (account, error) {
	u, err := user.Lookup(name)
	if err != nil {
		return account{}, err
	}
	uid, err := strconv.Atoi(u.Uid)
	if err != nil {
		return account{}, err
	}
	gid, err := strconv.Atoi(u.Gid)
	if err != nil {
		return account{}, err
	}
	return account{name: name, uid: uid, gid: gid, drop: true}, nil
}

func userName(uid int) string {
	u, err := user.LookupId(strconv.Itoa(uid))
	if err != nil {
		return fmt.Sprintf("user %d", uid)
	}
	return u.Username
}

// credential is what the kernel needs to start a program as the account, nil for no change.
func (a account) credential() *syscall.Credential {
	if !a.drop {
		return nil
	}
	return &syscall.Credential{Uid: uint32(a.uid), Gid: uint32(a.gid)}
}

// own makes a 0700 folder that belongs to the account. The folder above must exist. A folder that is
// there and belongs to a third user is refused, never taken over.
func (a account) own(folder string) error {
	if err := os.Mkdir(folder, 0o700); err != nil && !os.IsExist(err) {
		return err
	}
	info, err := os.Lstat(folder)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return fmt.Errorf("%s is not a folder", folder)
	}
	uid, _ := owner(info)
	if uid != a.uid && uid != os.Geteuid() {
		return fmt.Errorf("%s belongs to %s, and this runs as %s: start Corkboard as that user, "+
			"or set DATA_DIR to another folder", folder, userName(uid), a.name)
	}
	if err := os.Chmod(folder, 0o700); err != nil {
		return err
	}
	if uid == a.uid {
		return nil
	}
	return os.Lchown(folder, a.uid, a.gid)
}

// barrier is the first folder on the way from the root to path that the account cannot enter,
// "" when there is none. path is absolute and free of links.
func (a account) barrier(path string) string {
	if !a.drop {
		return ""
	}
	if above := filepath.Dir(path); above != path {
		if found := a.barrier(above); found != "" {
			return found
		}
	}
	info, err := os.Stat(path)
	if err == nil && !a.mayEnter(info) {
		return path
	}
	return ""
}

func (a account) mayEnter(info fs.FileInfo) bool {
	uid, gid := owner(info)
	switch {
	case uid == a.uid:
		return info.Mode()&0o100 != 0
	case gid == a.gid:
		return info.Mode()&0o010 != 0
	default:
		return info.Mode()&0o001 != 0
	}
}

func owner(info fs.FileInfo) (uid, gid int) {
	stat := info.Sys().(*syscall.Stat_t)
	return int(stat.Uid), int(stat.Gid)
}
