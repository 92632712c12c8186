/** The words that generated names are made of. */

/** Kind ones only: the name may stay for years. */
export const ADJECTIVES: readonly string[] = [
  'able amber ample apt astute balmy blithe bold bright brisk calm candid careful cheery civil clear clever cosy',
  'curious daring deft eager earnest elated exact fair famous fleet fond frank gentle glad golden graceful hardy hearty',
  'honest humble jolly jovial keen kind lasting level lively loyal lucid lucky mellow merry mindful modest neat nimble',
  'noble patient placid polite proud quick quiet ready rested robust serene sharp silent sincere sleek smart snug sober',
  'spry stable steady stoic sunny swift tidy tranquil trusty upbeat vivid warm wise witty zealous',
]
  .join(' ')
  .split(' ');

/** Surnames of scientists and engineers. */
export const SURNAMES: readonly string[] = [
  'abel alhazen ampere archimedes arrhenius avogadro babbage banach banneker bell berners blackwell bohr bolzano boole',
  'born bose brahe brunel cantor carson cauchy cavendish cayley cerf chandrasekhar clausius cohen conway copernicus',
  'coulomb curie dalton darwin davy dijkstra dirac edison einstein engelbart erdos euclid euler faraday fermat fermi',
  'feynman fibonacci fleming fourier franklin galileo galois gauss germain gibbs goodall goedel hamilton hamming hawking',
  'heisenberg herschel hertz hilbert hodgkin hooke hopper hubble huygens hypatia jacquard johnson joule kalman kelvin',
  'kepler khwarizmi kilby knuth kovalevskaya lagrange lamarr laplace lavoisier leavitt leibniz linnaeus liskov lorenz',
  'lovelace mandelbrot marconi maxwell mayer mccarthy meitner mendel mendeleev michelson mirzakhani morse neumann newton',
  'nobel noether ohm pascal pasteur pauli perlman planck poincare poisson ramanujan ride riemann ritchie roentgen',
  'rutherford sagan salk schrodinger shannon siemens stallman stokes tesla thompson torvalds turing volta watt wiles',
  'wozniak wright wu yalow zhang zuse',
]
  .join(' ')
  .split(' ');
