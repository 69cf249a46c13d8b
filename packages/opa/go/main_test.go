package main

import (
	"encoding/binary"
	"encoding/json"
	"strings"
	"testing"
)

// ask sends a request the way the host does: as a frame.
func ask(t *testing.T, request map[string]any, contents string) (Response, []byte) {
	t.Helper()
	text, err := json.Marshal(request)
	if err != nil {
		t.Fatal(err)
	}
	frame := binary.LittleEndian.AppendUint32(nil, uint32(len(text)))
	frame = append(append(frame, text...), contents...)
	answered := answer(frame)
	size := binary.LittleEndian.Uint32(answered)
	var response Response
	if err := json.Unmarshal(answered[4:4+size], &response); err != nil {
		t.Fatal(err)
	}
	return response, answered[4+size:]
}

func TestAnswerRefusesWhatIsNoRequest(t *testing.T) {
	tests := []struct{ note, frame, message string }{
		{"an empty frame", "", "the frame is too short"},
		{"a length beyond the end", "\xff\x00\x00\x00{}", "the frame is shorter than it says"},
		{"no JSON", "\x01\x00\x00\x00x", "invalid character 'x' looking for beginning of value"},
		{"an unknown operation", "\x0c\x00\x00\x00{\"op\":\"fly\"}", "unknown operation `fly`"},
		{"an operation without its field", "\x0e\x00\x00\x00{\"op\":\"build\"}", "unknown operation `build`"},
	}
	for _, tc := range tests {
		t.Run(tc.note, func(t *testing.T) {
			answered := answer([]byte(tc.frame))
			var response Response
			if err := json.Unmarshal(answered[4:], &response); err != nil {
				t.Fatal(err)
			}
			if response.Error == nil || response.Error.Code != "protocol_error" || response.Error.Message != tc.message {
				t.Errorf("got %+v, want protocol_error: %s", response.Error, tc.message)
			}
		})
	}
}

func TestAnswerRefusesMissingContents(t *testing.T) {
	files := []File{{Path: "a.rego", Size: 5}}
	response, _ := ask(t, map[string]any{"op": "annotations", "files": files, "annotations": map[string]any{}}, "abc")
	if response.Error == nil || response.Error.Message != "the frame has no contents for `a.rego`" {
		t.Errorf("got %+v", response.Error)
	}
}

func TestPanicBecomesAnError(t *testing.T) {
	// A nil map entry is what a bug of ours would look like.
	response := handle(nil, nil)
	if response.Error == nil || response.Error.Code != "panic" || !strings.Contains(response.Error.Message, "nil pointer") {
		t.Errorf("got %+v", response.Error)
	}
}

func TestInfo(t *testing.T) {
	response, _ := ask(t, map[string]any{"op": "info"}, "")
	if response.Info.Version != "1.22.0" {
		t.Errorf("version %s", response.Info.Version)
	}
	native, uncallable := 0, []string{}
	for _, builtin := range response.Info.Builtins {
		if builtin.Native {
			native++
		} else if !builtin.Callable {
			uncallable = append(uncallable, builtin.Name)
		}
	}
	if len(response.Info.Builtins) != 206 || native != 98 {
		t.Errorf("%d built-ins, %d native, want 206 and 98", len(response.Info.Builtins), native)
	}
	if got := strings.Join(uncallable, " "); got != "http.send net.lookup_ip_addr print" {
		t.Errorf("not callable: %s", got)
	}
}
