package main

import (
	"bytes"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"syscall"
	"time"
)

// tree is the files of a request as a file system, by the paths that the request gives them: OPA's loader can then
// choose, mount and name them as it does on a disk. A path that ends with a slash is an empty folder. Unlike
// fstest.MapFS it takes absolute paths and paths that begin with `..`, which are names and lead nowhere.
type tree map[string]*node

type node struct {
	name     string
	text     []byte
	children []fs.DirEntry
	isFolder bool
}

func treeOf(files []File, contents []byte) tree {
	result := tree{}
	for _, file := range files {
		result.add(path.Clean(file.Path), &node{text: contents[:file.Size], isFolder: strings.HasSuffix(file.Path, "/")})
		contents = contents[file.Size:]
	}
	return result.sorted()
}

// labelled is the sources by their labels. Of two that have one label the first is there.
func labelled(files []source) tree {
	result := tree{".": {name: ".", isFolder: true}}
	for _, file := range files {
		if at := path.Clean(file.label); result[at] == nil {
			result.add(at, &node{text: file.text})
		}
	}
	return result.sorted()
}

func (t tree) sorted() tree {
	for _, folder := range t {
		slices.SortFunc(folder.children, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	}
	return t
}

func (t tree) add(at string, added *node) {
	if known := t[at]; known != nil {
		if !known.isFolder {
			known.text = added.text
		}
		return
	}
	added.name = path.Base(at)
	t[at] = added
	above := path.Dir(at)
	// Nothing lists what is above itself, such as `../..` in `..`.
	if above == at || added.name == ".." {
		return
	}
	t.add(above, &node{isFolder: true})
	t[above].children = append(t[above].children, added)
}

func (t tree) find(op, name string) (*node, error) {
	if found := t[path.Clean(name)]; found != nil {
		return found, nil
	}
	return nil, &fs.PathError{Op: op, Path: name, Err: syscall.ENOENT}
}

func (t tree) Open(name string) (fs.File, error) {
	found, err := t.find("open", name)
	if err != nil {
		return nil, err
	}
	return &opened{node: found, Reader: bytes.NewReader(found.text)}, nil
}

func (t tree) Stat(name string) (fs.FileInfo, error) {
	found, err := t.find("stat", name)
	if err != nil {
		return nil, err
	}
	return found, nil
}

func (t tree) ReadDir(name string) ([]fs.DirEntry, error) {
	found, err := t.find("open", name)
	if err != nil {
		return nil, err
	}
	return found.children, nil
}

func (n *node) Name() string               { return n.name }
func (n *node) Size() int64                { return int64(len(n.text)) }
func (n *node) IsDir() bool                { return n.isFolder }
func (n *node) ModTime() time.Time         { return time.Time{} }
func (n *node) Sys() any                   { return nil }
func (n *node) Type() fs.FileMode          { return n.Mode().Type() }
func (n *node) Info() (fs.FileInfo, error) { return n, nil }

func (n *node) Mode() fs.FileMode {
	if n.isFolder {
		return fs.ModeDir | 0o755
	}
	return 0o644
}

type opened struct {
	*node
	io.Reader
}

func (o *opened) Stat() (fs.FileInfo, error) { return o.node, nil }
func (o *opened) Close() error               { return nil }
