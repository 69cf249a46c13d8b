// Reads JSON that is proven to be JSON. `at` is where the next byte is read, `top` where the next value is put that belongs
// to an array or an object that is open still. What an array or an object holds is compared with those that were made before.

/** Leaves the byte at `at` behind white space, and in `a`. */
const byte = `
  loop
    global at  load-byte 0  tee a  const 33  less  if
      global at  const 1  add  set-global at
      br 1
    end
  end
  get a`

const onward = (bytes: number): string => `global at  const ${bytes}  add  set-global at`

/** Takes the pair of a key and a value at an address into the hash in `d`, which is the same in any order of pairs. */
const pair = (address: string): string =>
  `${address}  load 0  const 16777619  multiply  ${address}  load 4  xor  const -2048144789  multiply  get d  add  set d`

/** Takes a value into the hash in `d`. */
const item = (value: string): string => `get d  ${value}  xor  const 16777619  multiply  set d`

/** Spreads the hash in `d`. */
const finish = 'get d  get d  const 15  right  xor  const 16777619  multiply  tee d  get d  const 13  right  xor  set d'

/** Goes through the values of the table, in `c`, with the hash in `d`, and ends at a free place in `b`. Changes `e`. */
const probe = (found: string): string => `
  get d  global share  load 0  and  set e
  loop
    global share  load 8  get e  const 3  left  add  tee b  load 4  tee c  if
      get b  load 0  get d  equal  if
        ${found}
      end
      get e  const 1  add  global share  load 0  and  set e
      br 1
    end
  end`

/** Puts a value into the free place in `b`. */
const insert = (value: string): string => `
  get b  get d  store 0
  get b  ${value}  store 4
  global share  call counted`

/** Notes the last bits of a string's hash behind its type, which becomes that of strings that are not given back. */
const hashed = (value: string): string => `${value}  ${value}  call hash  const 16  left  const 8  or  store 0`

/** The one value of a kind, which is made when it comes for the first time. */
const constant = (bytes: number, offset: number, make: string): string => `
  ${onward(bytes)}
  global share  load ${offset}  tee b  if  get b  return  end
  ${make}  call same  return`

const value = `
  ${byte}  const 34  equal  if
    global at  const 1  add  tee b  set c
    const -2128831035  set d
    loop
      get c  load-byte 0  tee e  const 34  not-equal  if
        get e  const 92  equal  get e  const 126  greater  or  if
          ; With an escape or beyond ASCII: OPA's own code.
          loop
            get c  load-byte 0  tee e  const 34  not-equal  if
              get c  const 1  const 2  get e  const 92  not-equal  select  add  set c
              br 1
            end
          end
          get c  const 1  add  set-global at
          const 7  get b  get c  get b  subtract  call parseString  call same  return
        end
        get d  const 16777619  multiply  get e  xor  set d
        get c  const 1  add  set c
        br 1
      end
    end
    get c  const 1  add  set-global at
    get b  get c  get b  subtract  get d  call readText  return
  end
  get a  const 123  equal  if  ${onward(1)}  call readObject  return  end
  get a  const 91  equal  if  ${onward(1)}  call readArray  return  end
  get a  const 110  equal  if  ${constant(4, 12, 'call null')}  end
  get a  const 102  equal  if  ${constant(5, 16, 'const 0  call boolean')}  end
  get a  const 116  equal  if  ${constant(4, 20, 'const 1  call boolean')}  end
  global at  tee b  set c
  loop
    get c  load-byte 0  tee e  const 32  or  const 101  equal
    get e  const 43  subtract  const 15  less  get e  const 44  not-equal  and  or  if
      get c  const 1  add  set c
      br 1
    end
  end
  get c  set-global at
  get c  get b  subtract  tee d  is-zero  if  const 0  return  end
  get d  call malloc  tee e  get b  get d  copy
  get e  get d  call number  call same`

/** The string of the `second` bytes at `first`, whose hash for the table is in `a`. */
const text = `
  get a  set d
  ${finish}
  ${probe(`
    get c  load-byte 0  const 8  equal  if
      get c  load 4  get second  equal  if
        get first  tee f  get second  add  set h
        get c  load 8  set g
        block  loop
          get f  get h  equal  if  get c  return  end
          get f  load-byte 0  get g  load-byte 0  not-equal  br-if 1
          get f  const 1  add  set f
          get g  const 1  add  set g
          br 0
        end  end
      end
    end`)}
  get second  call malloc  tee f  get first  get second  copy
  const 12  call malloc  tee c  const 8  store 0
  get c  get second  store 4
  get c  get f  store 8
  ${hashed('get c')}
  ${insert('get c')}
  get c`

const array = `
  global top  set b
  loop
    ${byte}  const 93  not-equal  if
      get a  const 44  equal  if  ${onward(1)}  br 2  end
      call read  tee c  is-zero  if  const 0  return  end
      global top  get c  store 0
      global top  const 4  add  set-global top
      br 1
    end
  end
  ${onward(1)}
  global top  set f
  get b  tee g  set-global top
  const 5  set d
  block  loop
    get b  get f  equal  br-if 1
    ${item('get b  load 0')}
    get b  const 4  add  set b
    br 0
  end  end
  ${finish}
  ${probe(`
    get c  load-byte 0  const 5  equal  if
      get c  load 8  get f  get g  subtract  const 2  right  equal  if
        get g  set h
        get c  load 4  set i
        block  loop
          get h  get f  equal  if  get c  return  end
          get h  load 0  get i  load 4  not-equal  br-if 1
          get h  const 4  add  set h
          get i  const 8  add  set i
          br 0
        end  end
      end
    end`)}
  get f  get g  subtract  const 2  right  call make  set c
  block  loop
    get g  get f  equal  br-if 1
    get c  get g  load 0  call append
    get g  const 4  add  set g
    br 0
  end  end
  ${insert('get c')}
  get c`

/** Pairs of which each is compared with those before it: an object with more of them is made by OPA's own code. */
const FEW = 32

/** Leaves where the first element with the key in `h` begins, in the table of pairs at \`from\` with \`places\` places. */
const bucket = (from: string, places: string): string =>
  `${from}  get h  load 0  load-half 2  ${places}  const 1  subtract  and  const 2  left  add`

const object = `
  global top  set b
  loop
    ${byte}  const 125  not-equal  if
      get a  const 44  equal  if  ${onward(1)}  br 2  end
      call read  tee c  is-zero  if  const 0  return  end
      ${byte}  const 58  not-equal  if  const 0  return  end
      ${onward(1)}
      call read  tee d  is-zero  if  const 0  return  end
      global top  get b  subtract  const ${FEW * 8}  less  if
        get b  set e
        block  loop
          get e  global top  equal  br-if 1
          get e  load 0  get c  equal  if  get e  get d  store 4  br 5  end
          get e  const 8  add  set e
          br 0
        end  end
      end
      global top  get c  store 0
      global top  get d  store 4
      global top  const 8  add  set-global top
      br 1
    end
  end
  ${onward(1)}
  global top  set f
  get b  tee g  set-global top

  get f  get g  subtract  const ${FEW * 8}  greater  if
    call object  set c
    block  loop
      get g  get f  equal  br-if 1
      get c  get g  load 0  get g  load 4  call put
      get g  const 8  add  set g
      br 0
    end  end
    get c  call same  return
  end

  const 6  set d
  block  loop
    get b  get f  equal  br-if 1
    ${pair('get b')}
    get b  const 8  add  set b
    br 0
  end  end
  ${finish}
  ${probe(`
    get c  load-byte 0  const 6  equal  if
      get c  load 12  get f  get g  subtract  const 3  right  equal  if
        get g  set h
        block  loop
          get h  get f  equal  if  get c  return  end
          ${bucket('get c  load 4', 'get c  load 8')}  load 0  set i
          block  loop
            get i  is-zero  br-if 3
            get i  load 0  get h  load 0  equal  br-if 1
            get i  load 8  set i
            br 0
          end  end
          get i  load 4  get h  load 4  not-equal  br-if 1
          get h  const 8  add  set h
          br 0
        end  end
      end
    end`)}

  ; As many places as OPA has for so many keys.
  const 8  set i
  loop
    get f  get g  subtract  const 3  right  const 10  multiply  get i  const 7  multiply  greater  if
      get i  const 1  left  set i
      br 1
    end
  end
  const 16  call malloc  tee c  const 6  store 0
  get c  get i  const 2  left  tee j  call malloc  tee e  store 4
  get e  const 0  get j  fill
  get c  get i  store 8
  get c  get f  get g  subtract  const 3  right  store 12
  get g  set h
  block  loop
    get h  get f  equal  br-if 1
    ${bucket('get e', 'get i')}  set a
    loop
      get a  load 0  tee j  if
        get h  load 0  get j  load 0  call compare  const 0  less-signed  is-zero  if
          get j  const 8  add  set a
          br 2
        end
      end
    end
    const 12  call malloc  tee first  get h  load 0  store 0
    get first  get h  load 4  store 4
    get first  get j  store 8
    get a  get first  store 0
    get h  const 8  add  set h
    br 0
  end  end
  ${insert('get c')}
  get c`

/** The code of what reads a document, and the parts of it that others share. */
export const reading = { value, text, array, object, pair, finish, probe, insert, hashed }
