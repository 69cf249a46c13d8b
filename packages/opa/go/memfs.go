package main

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// memFS hands the sources to OPA's loader as a file system. Unlike fstest.MapFS it takes absolute paths and paths that
// begin with `..`: they are names that the caller gave, and lead nowhere.
type memFS struct {
	files   map[string][]byte
	folders map[string][]fs.DirEntry
}

func newMemFS(files []source) *memFS {
	m := &memFS{files: map[string][]byte{}, folders: map[string][]fs.DirEntry{".": {}}}
	for _, file := range files {
		name := path.Clean(file.label)
		if _, ok := m.files[name]; ok {
			continue
		}
		m.files[name] = file.text
		m.enter(name, memInfo{name: path.Base(name), size: int64(len(file.text))})
	}
	for _, entries := range m.folders {
		slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	}
	return m
}

// enter lists a file in its folder, and the folder in those above it.
func (m *memFS) enter(name string, info memInfo) {
	folder := path.Dir(name)
	_, known := m.folders[folder]
	m.folders[folder] = append(m.folders[folder], info)
	// Nothing lists what is above itself.
	if !known && folder != path.Dir(folder) && path.Base(folder) != ".." {
		m.enter(folder, memInfo{name: path.Base(folder), folder: true})
	}
}

func (m *memFS) Stat(name string) (fs.FileInfo, error) {
	clean := path.Clean(name)
	if text, ok := m.files[clean]; ok {
		return memInfo{name: path.Base(clean), size: int64(len(text))}, nil
	}
	if _, ok := m.folders[clean]; ok {
		return memInfo{name: path.Base(clean), folder: true}, nil
	}
	return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrNotExist}
}

func (m *memFS) ReadFile(name string) ([]byte, error) {
	if text, ok := m.files[path.Clean(name)]; ok {
		return text, nil
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

func (m *memFS) ReadDir(name string) ([]fs.DirEntry, error) {
	if entries, ok := m.folders[path.Clean(name)]; ok {
		return entries, nil
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

func (m *memFS) Open(name string) (fs.File, error) {
	info, err := m.Stat(name)
	if err != nil {
		return nil, err
	}
	return &memFile{Reader: bytes.NewReader(m.files[path.Clean(name)]), info: info}, nil
}

type memFile struct {
	*bytes.Reader
	info fs.FileInfo
}

func (f *memFile) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *memFile) Close() error               { return nil }

type memInfo struct {
	name   string
	size   int64
	folder bool
}

func (i memInfo) Name() string               { return i.name }
func (i memInfo) Size() int64                { return i.size }
func (i memInfo) ModTime() time.Time         { return time.Time{} }
func (i memInfo) IsDir() bool                { return i.folder }
func (i memInfo) Sys() any                   { return nil }
func (i memInfo) Type() fs.FileMode          { return i.Mode().Type() }
func (i memInfo) Info() (fs.FileInfo, error) { return i, nil }
func (i memInfo) Mode() fs.FileMode {
	if i.folder {
		return fs.ModeDir | 0o755
	}
	return 0o644
}
