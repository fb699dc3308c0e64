# SPDX-License-Identifier: CERN-OHL-W-2.0
"""A two-layer grid router: A* for each connection, and where a net is walled in, the nets in its way are taken up and
routed again. Small boards only. Nothing in it is random: the same board gives the same tracks."""
import heapq
import math

import numpy

GRID = 0.25
VIA_COST, BACK_COST, RIP_COST, TURN_COST = 14.0, 1.15, 40.0, 0.15
STEPS = [(1, 0, 1.0), (-1, 0, 1.0), (0, 1, 1.0), (0, -1, 1.0), (1, 1, 1.4142), (1, -1, 1.4142), (-1, 1, 1.4142), (-1, -1, 1.4142)]


class Copper:
    """A piece of copper as a segment with a half width, on layer 0 (front), 1 (back) or both (None)."""

    def __init__(self, net, layer, x1, y1, x2, y2, half, movable):
        self.net, self.layer, self.movable = net, layer, movable
        self.x1, self.y1, self.x2, self.y2, self.half = x1, y1, x2, y2, half
        self.rect = None


class Router:
    def __init__(self, width, height, rules, keepouts):
        self.nx, self.ny = int(round(width / GRID)) + 1, int(round(height / GRID)) + 1
        self.width, self.height, self.rules = width, height, rules
        self.fixed, self.routes, self.pads, self.stubs = [], {}, {}, {}
        self.keepouts = keepouts
        ys, xs = numpy.mgrid[0:self.ny, 0:self.nx]
        self.xs, self.ys = xs * GRID, ys * GRID

    def add_pad(self, net, layers, shape):
        """`shape` = (x, y, half width, half height, is round): an axis-aligned rectangle or oval."""
        x, y, hw, hh, is_round = shape
        r = min(hw, hh)
        if hw >= hh:
            seg = (x - hw + r, y, x + hw - r, y)
        else:
            seg = (x, y - hh + r, x, y + hh - r)
        piece = Copper(net, layers, *seg, r, False)
        if not is_round:
            piece.rect = (x - hw, y - hh, x + hw, y + hh)
        self.fixed.append(piece)
        if net is not None:
            self.pads.setdefault(net, []).append(piece)

    def _paint(self, target, piece, reach, value=True, add=False):
        """Marks the grid points closer than `reach` to the piece."""
        if piece.rect:
            ax, ay, bx, by = piece.rect
        else:
            ax, ay = min(piece.x1, piece.x2) - piece.half, min(piece.y1, piece.y2) - piece.half
            bx, by = max(piece.x1, piece.x2) + piece.half, max(piece.y1, piece.y2) + piece.half
        i0, i1 = max(0, int((ax - reach) / GRID)), min(self.nx, int((bx + reach) / GRID) + 2)
        j0, j1 = max(0, int((ay - reach) / GRID)), min(self.ny, int((by + reach) / GRID) + 2)
        if i0 >= i1 or j0 >= j1:
            return
        px, py = self.xs[j0:j1, i0:i1], self.ys[j0:j1, i0:i1]
        if piece.rect:
            dx = numpy.maximum(numpy.maximum(ax - px, px - bx), 0)
            dy = numpy.maximum(numpy.maximum(ay - py, py - by), 0)
            near = numpy.hypot(dx, dy) < reach - 1e-6
        else:
            vx, vy = piece.x2 - piece.x1, piece.y2 - piece.y1
            length = vx * vx + vy * vy
            t = numpy.clip(((px - piece.x1) * vx + (py - piece.y1) * vy) / length, 0, 1) if length else 0
            near = numpy.hypot(px - piece.x1 - t * vx, py - piece.y1 - t * vy) < piece.half + reach - 1e-6
        for layer in ((0, 1) if piece.layer is None else (piece.layer,)):
            if add:
                target[layer][j0:j1, i0:i1][near] += value
            else:
                target[layer][j0:j1, i0:i1][near] = value

    def _maps(self, net):
        """hard[layer], soft[layer] for tracks, and the same for vias."""
        half, via = self.rules.width(net) / 2, self.rules.via(net) / 2
        shape = (2, self.ny, self.nx)
        hard, vhard = numpy.zeros(shape, bool), numpy.zeros(shape, bool)
        soft, vsoft = numpy.zeros(shape, numpy.uint8), numpy.zeros(shape, numpy.uint8)
        edge = 0.5
        for target, reach in ((hard, edge + half), (vhard, edge + via)):
            outside = (self.xs < reach) | (self.xs > self.width - reach) | (self.ys < reach) | (self.ys > self.height - reach)
            target[:, outside] = True
        for x1, y1, x2, y2 in self.keepouts:
            for target, reach in ((hard, half + 0.1), (vhard, via + 0.1)):
                inside = (self.xs > x1 - reach) & (self.xs < x2 + reach) & (self.ys > y1 - reach) & (self.ys < y2 + reach)
                target[:, inside] = True
        for piece in self.fixed:
            if piece.net == net and net is not None:
                continue
            gap = self.rules.clearance(net, piece.net)
            self._paint(hard, piece, gap + half)
            self._paint(vhard, piece, gap + via)
        for other, pieces in self.routes.items():
            if other == net:
                continue
            gap = self.rules.clearance(net, other)
            for piece in pieces:
                self._paint(soft, piece, gap + half)
                self._paint(vsoft, piece, gap + via)
        # A via may not stand in a pad of its own net: solder would flow away, or two holes would meet.
        for piece in self.pads.get(net, []):
            own = numpy.zeros(shape, bool)
            self._paint(own, piece, via + 0.05)
            vhard |= own.any(axis=0)
        return hard, soft, vhard.any(axis=0), vsoft.any(axis=0)

    def _cells(self, pieces):
        mask = numpy.zeros((2, self.ny, self.nx), bool)
        for piece in pieces:
            if piece.rect:
                x1, y1, x2, y2 = piece.rect
                inner = Copper(piece.net, piece.layer, 0, 0, 0, 0, 0, False)
                inner.rect = (x1 + 0.12, y1 + 0.12, x2 - 0.12, y2 - 0.12)
                self._paint(mask, inner, 0.01)
            elif piece.movable:
                self._paint(mask, piece, -piece.half + 0.02)
            else:
                self._paint(mask, piece, -0.12)
        return mask

    def _search(self, start, goal, maps, rip):
        hard, soft, vhard, vsoft = maps
        nx, ny = self.nx, self.ny
        plane = nx * ny
        blocked = (hard if rip else hard | (soft > 0)).reshape(-1).tolist()
        penal = (soft > 0).reshape(-1).tolist() if rip else None
        vblocked = (vhard if rip else vhard | vsoft).reshape(-1).tolist()
        vpenal = vsoft.reshape(-1).tolist() if rip else None
        goal_flat = goal.reshape(-1)
        goal_cells = numpy.argwhere(goal)
        if not len(goal_cells):
            return None
        gx0, gx1 = goal_cells[:, 2].min(), goal_cells[:, 2].max()
        gy0, gy1 = goal_cells[:, 1].min(), goal_cells[:, 1].max()
        goal_list = goal_flat.tolist()
        best, parent, heap = {}, {}, []

        def guess(x, y):
            dx = gx0 - x if x < gx0 else x - gx1 if x > gx1 else 0
            dy = gy0 - y if y < gy0 else y - gy1 if y > gy1 else 0
            return (dx + dy) - 0.5858 * min(dx, dy)

        for cell in numpy.flatnonzero(start.reshape(-1)).tolist():
            if blocked[cell] and not rip:
                continue
            x, y = cell % nx, (cell % plane) // nx
            best[cell] = 0.0
            heap.append((float(guess(x, y)), 0.0, cell, -1))
        heapq.heapify(heap)
        while heap:
            _, cost, cell, direction = heapq.heappop(heap)
            if cost > best.get(cell, 1e18) + 1e-9:
                continue
            if goal_list[cell]:
                path = [cell]
                while cell in parent:
                    cell = parent[cell]
                    path.append(cell)
                return [(c // plane, c % nx, (c % plane) // nx) for c in reversed(path)]
            layer, rest = divmod(cell, plane)
            y, x = divmod(rest, nx)
            factor = BACK_COST if layer else 1.0
            for index, (dx, dy, step) in enumerate(STEPS):
                nxt_x, nxt_y = x + dx, y + dy
                if not (0 <= nxt_x < nx and 0 <= nxt_y < ny):
                    continue
                nxt = cell + dx + dy * nx
                if blocked[nxt]:
                    continue
                new = cost + step * factor + (TURN_COST if index != direction else 0.0)
                if penal and penal[nxt]:
                    new += RIP_COST
                if new < best.get(nxt, 1e18) - 1e-9:
                    best[nxt] = new
                    parent[nxt] = cell
                    heapq.heappush(heap, (new + guess(nxt_x, nxt_y), new, nxt, index))
            if not vblocked[rest]:
                nxt = rest + (0 if layer else plane)
                new = cost + VIA_COST + (RIP_COST if vpenal and vpenal[rest] else 0.0)
                if not blocked[nxt] and new < best.get(nxt, 1e18) - 1e-9:
                    best[nxt] = new
                    parent[nxt] = cell
                    heapq.heappush(heap, (new + guess(x, y), new, nxt, -1))
        return None

    def _pieces(self, net, path):
        """Path cells -> track segments (merged) and vias."""
        half, via = self.rules.width(net) / 2, self.rules.via(net) / 2
        out, i = [], 0
        while i < len(path) - 1:
            layer, x, y = path[i]
            layer2, x2, y2 = path[i + 1]
            if layer != layer2:
                piece = Copper(net, None, x * GRID, y * GRID, x * GRID, y * GRID, via, True)
                out.append(piece)
                i += 1
                continue
            step, j = (x2 - x, y2 - y), i + 1
            while j + 1 < len(path) and path[j + 1][0] == layer and \
                    (path[j + 1][1] - path[j][1], path[j + 1][2] - path[j][2]) == step:
                j += 1
            out.append(Copper(net, layer, x * GRID, y * GRID, path[j][1] * GRID, path[j][2] * GRID, half, True))
            i = j
        return out

    def route_net(self, net, rip):
        """Connects all pads of the net. Returns False when a pad cannot be reached without taking up other nets."""
        pads = self.pads[net]
        maps = self._maps(net)
        done, left = [pads[0]], list(pads[1:])
        pieces = []
        while left:
            start = self._cells(done + pieces)
            goal = self._cells(left)
            path = self._search(start, goal, maps, rip)
            if path is None:
                return None
            pieces += self._pieces(net, path)
            end = path[-1]
            reached = [p for p in left if self._cells([p])[end[0], end[2], end[1]]]
            done += reached
            left = [p for p in left if p not in reached]
        return pieces

    def route(self, order, log=print, limit=400):
        queue, tries = list(order), {}
        while queue and limit:
            limit -= 1
            net = queue.pop(0)
            pieces = self.route_net(net, rip=False)
            if pieces is None:
                pieces = self.route_net(net, rip=True)
                if pieces is None:
                    raise SystemExit(f"router: {net} cannot be routed at all")
                hit = self._conflicts(net, pieces)
                for other in hit:
                    del self.routes[other]
                    tries[other] = tries.get(other, 0) + 1
                    if tries[other] > 12:
                        raise SystemExit(f"router: {net} and {other} displace each other")
                    queue.append(other)
                log(f"router: {net} takes up {', '.join(hit)}")
            self.routes[net] = pieces
        if queue:
            raise SystemExit("router: gave up with " + ", ".join(queue))

    def _conflicts(self, net, pieces):
        mask_by_other = []
        for other, others in sorted(self.routes.items()):
            if other == net:
                continue
            gap = self.rules.clearance(net, other)
            if any(_distance(a, b) < gap - 1e-6 for a in pieces for b in others if a.layer is None or b.layer is None or a.layer == b.layer):
                mask_by_other.append(other)
        return mask_by_other


def _distance(a, b):
    """Copper to copper of two segments."""
    def point(px, py, s):
        vx, vy = s.x2 - s.x1, s.y2 - s.y1
        length = vx * vx + vy * vy
        t = max(0.0, min(1.0, ((px - s.x1) * vx + (py - s.y1) * vy) / length)) if length else 0.0
        return math.hypot(px - s.x1 - t * vx, py - s.y1 - t * vy)

    def side(ax, ay, bx, by, cx, cy):
        return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)

    d1, d2 = side(a.x1, a.y1, a.x2, a.y2, b.x1, b.y1), side(a.x1, a.y1, a.x2, a.y2, b.x2, b.y2)
    d3, d4 = side(b.x1, b.y1, b.x2, b.y2, a.x1, a.y1), side(b.x1, b.y1, b.x2, b.y2, a.x2, a.y2)
    if d1 * d2 < 0 and d3 * d4 < 0:
        return -1.0
    return min(point(a.x1, a.y1, b), point(a.x2, a.y2, b), point(b.x1, b.y1, a), point(b.x2, b.y2, a)) - a.half - b.half
