package bus

import (
	"encoding/binary"
	"errors"
	"hash/fnv"
	"strconv"
)

// channelCount is how many Redis channels all topics share. It is the same on
// every node, of every version.
const channelCount = 64

var errFrame = errors.New("a message that is not ours")

// channelOf names the channel that carries a topic. Redis does not keep the
// channels of its databases apart, so the number of the database is in the name.
func channelOf(db int, topic string) string {
	sum := fnv.New32a()
	sum.Write([]byte(topic))
	return "cb:" + strconv.Itoa(db) + ":" + strconv.Itoa(int(sum.Sum32()%channelCount))
}

// frame is a payload with its topic before it: length (uvarint), topic, payload.
func frame(topic string, payload []byte) []byte {
	data := make([]byte, 0, binary.MaxVarintLen64+len(topic)+len(payload))
	data = binary.AppendUvarint(data, uint64(len(topic)))
	data = append(data, topic...)
	return append(data, payload...)
}

func unframe(data []byte) (topic string, payload []byte, err error) {
	length, n := binary.Uvarint(data)
	if n <= 0 || length > uint64(len(data)-n) {
		return "", nil, errFrame
	}
	end := n + int(length)
	return string(data[n:end]), data[end:], nil
}
